extension BootstrapOptions {
  /// The bootstrap of a sweep's own fit.
  init(_ options: FitOptions) {
    self.init()
    replicates = options.bootstrap
    seed = options.seed
    threads = options.threads
  }
}
