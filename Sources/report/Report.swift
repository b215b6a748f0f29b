import ArgumentParser
import ReportPipeline

@main
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Turns the training logs of sparse models into a scaling law, figures and a report.",
    discussion: """
      Reads each sweep below <data>, fits the sparsity scaling law, checks it on the held-out \
      largest model, solves for the optimal sparsity, draws every figure and writes a report \
      for each sweep.

      EXAMPLES
        report Data/
        report Data/ --sweep byte-lm --format pdf --preset icml
        report check Data/
        report inspect Data/
        report optimum Data/ --sweep byte-lm --nonzero-params 3e5 --flops 1e15

      EXIT CODES
        0 done; 1 a gate failed; 2 check found differences; 64 usage; 65 faulty data, sweep.yml
        or template; 74 something cannot be read or written
      """,
    version: ReportVersion.current,
    subcommands: [
      Generate.self, Check.self, Inspect.self, Initialise.self, Predict.self, BestSparsity.self,
      Templates.self,
    ],
    defaultSubcommand: Generate.self)
}
