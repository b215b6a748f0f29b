import RunLogs
import Testing

/// Names of columns as public tables have them, and what each is read as.
@Suite struct NameTests {
  static let names: [(column: String, quantity: Quantity, times: Double)] = [
    ("N", .denseParameters, 1), ("Model Size", .denseParameters, 1),
    ("num_params", .denseParameters, 1), ("Params (M)", .denseParameters, 1e6),
    ("total_parameter_count", .denseParameters, 1), ("config.dense_params", .denseParameters, 1),
    ("params_active", .nonZeroParameters, 1), ("num_params_active", .nonZeroParameters, 1),
    ("n_params_active", .nonZeroParameters, 1), ("active_parameters", .nonZeroParameters, 1),
    ("params_effective", .nonZeroParameters, 1), ("effective_params", .nonZeroParameters, 1),
    ("non_zero_params", .nonZeroParameters, 1), ("Active Params (B)", .nonZeroParameters, 1e9),
    ("Sparsity (%)", .sparsity, 0.01), ("sparsity_global", .sparsity, 1),
    ("summary.final_sparsity", .sparsity, 1), ("D", .data, 1), ("images_seen", .data, 1),
    ("n_examples", .data, 1), ("consumed_samples", .data, 1), ("bytes", .data, 1),
    ("characters", .data, 1), ("Tokens (B)", .data, 1e9), ("test_loss", .loss, 1),
    ("val/ce", .loss, 1), ("eval/c4/en_loss", .loss, 1), ("eval/x/y_loss", .loss, 1),
    ("valid/nll", .loss, 1), ("validation_bpb", .loss, 1), ("summary.val_loss", .loss, 1),
  ]

  @Test(arguments: names.indices)
  func isRead(index: Int) {
    let (column, quantity, times) = Self.names[index]
    #expect(
      ConventionalNames.candidates(for: quantity, among: ["unrelated", column, "x_y"]) == [column])
    for other in Quantity.numeric where other != quantity {
      #expect(ConventionalNames.candidates(for: other, among: [column]).isEmpty, "\(other)")
    }
    #expect(ConventionalNames.unscaled(column).times == times)
  }

  @Test(
    arguments: [
      ("images_seen", "images"), ("n_examples", "examples"), ("consumed_samples", "samples"),
      ("num_bytes", "bytes"), ("chars", "characters"), ("characters", "characters"),
      ("tokens", "tokens"), ("D", nil),
    ] as [(String, String?)])
  func unitOfData(column: String, unit: String?) {
    #expect(ConventionalNames.dataUnit(of: column) == unit)
  }

  @Test(arguments: [
    "total_flos", "train_flops", "C", "_step", "active", "accuracy", "train_loss", "lr",
    "params_lr",
  ])
  func isNotReadAsAQuantity(column: String) {
    for quantity in Quantity.numeric {
      #expect(ConventionalNames.candidates(for: quantity, among: [column]).isEmpty, "\(quantity)")
    }
  }

  /// A name of its own goes before that in a part of a document.
  @Test func aPlainNameWins() {
    let columns = ["config.tokens", "tokens"]
    #expect(ConventionalNames.candidates(for: .data, among: columns) == ["tokens"])
  }

  /// Weights & Biases counts calls of its logger, which orders rows and is no step of training.
  @Test func theLoggersOwnStepIsNotTheTrainers() {
    let columns = ["_step", "batch_size", "seq_len", "eval/loss"]
    #expect(ConventionalNames.step(among: columns) == nil)
    #expect(ConventionalNames.order(among: columns) == "_step")
    #expect(DataCandidates(columns).factors.isEmpty)
    #expect(
      ConventionalNames.step(among: columns + ["trainer/global_step"]) == "trainer/global_step")
  }

  @Test(arguments: [
    ("eval/ppl", true), ("C4 perplexity", true), ("bits_per_byte", false), ("val bpb", true),
    ("closs", false), ("acc", false), ("heldout nll", true), ("CE", true),
  ])
  func mayBeALoss(column: String, isOne: Bool) {
    #expect(ConventionalNames.mayBeLoss(column) == isOne)
  }
}
