/// What the report of a scenario must say, and with which of its alternatives it would be untrue,
/// known from how the runs were made.
struct ExpectedSentence: Sendable {
  var scenario: String
  /// Sentences of which one at most is true.
  var alternatives: [String]
  /// The one that is; nil where none may stand.
  var stands: String?
  /// What the lines contain that are looked at.
  var line = ""
  var because: String

  static let groups: [[String]] = [
    support, fit, basis, predictor, heldOut, direction, misfit, coverage, summedCoverage, noise,
    claim, spread, withoutLaw, omitted, detection, choices, lawsDisagree, nearBest,
    overtakeNearBest, neverBest, pays, summary, sideBySide, noOptimum, limit, multipliers, contours,
    againstDense, contrast, pruning, worth, leftOut, undecidedPruning, putBack, deciding, published,
    ranking, trends, determination, starts, shared, used, outliers, warnings,
  ]

  static let all: [Self] =
    fits + extrapolations + interactions + sparsities + patterns + exclusions + details

  private static func expect(
    _ scenario: String, _ alternatives: [String], _ words: String?, on line: String = "",
    because: String
  ) -> Self {
    let sentences = alternatives.filter { $0.contains(words ?? "") }
    precondition(words == nil || sentences.count == 1, "\(words ?? "") names \(sentences)")
    return Self(
      scenario: scenario, alternatives: alternatives, stands: words == nil ? nil : sentences[0],
      line: line, because: because)
  }

  // MARK: What a law rests on

  private static let support = ["**No law.** These runs do not support a law", "## The law"]
  private static let fit = ["**Fit.** The law describes", "**No fit.** No law is fitted here"]
  private static let basis = [
    "every conclusion after it uses the fit to all runs", "Every conclusion below uses this fit",
    "Every conclusion below uses the published coefficients",
  ]
  private static let published = [
    "They are not the optimum of the objective", "they are at the optimum",
  ]
  private static let shared = ["A choice that all runs share"]
  private static let used = [
    "are fitted,", "could be fitted, too few for a law", "no runs of its own",
  ]

  private static let fits = [
    expect("losses at random", support, "No law", because: "losses were drawn without a law"),
    expect("losses at random, all dense", support, "No law", because: "drawn without a law"),
    expect("fit without intervals", support, "## The law", because: "losses follow a law to 0.2 %"),
    expect("fit without intervals", fit, "**Fit.", because: "48 runs"),
    expect("published laws alone", fit, "No fit", because: "there are no runs"),
    expect("published law, one run held out", fit, "No fit", because: "12 runs of one size"),
    expect("fit without intervals", basis, "fit to all runs", because: "refit is the default"),
    expect("linear residuals, no second fit", basis, "this fit", because: "refit: false"),
    expect("wide and precise", basis, "this fit", because: "nothing is held out"),
    expect("published laws alone", basis, "published", because: "there is nothing to fit"),
    expect(
      "published law far from the optimum", published, "not the optimum",
      because: "its a_S is 12 where losses have 10"),
    expect(
      "published law at the optimum", published, "at the optimum",
      because: "losses are those of the published law"),
    expect("fit without intervals", shared, "share", because: "runs were fitted"),
    expect("published laws alone", shared, nil, because: "no run was fitted"),
    expect("fit without intervals", used, "are fitted", because: "48 runs"),
    expect("published law, one run held out", used, "too few", because: "12 runs of one size"),
    expect("published laws alone", used, "no runs", because: "there are none"),
  ]

  // MARK: Held-out runs

  private static let predictor = [
    "The fit that predicts here was made without", "The published coefficients predict here",
  ]
  private static let heldOut = ["The held-out run is predicted", " held out are predicted"]
  private static let direction = [
    "The prediction is too low: this run does worse",
    "The prediction is too high: this run does better",
    "Every prediction is too low: these runs do worse",
    "Every prediction is too high: these runs do better",
  ]
  private static let misfit = [
    "The mean error is at most twice the root-mean-square",
    "but too few are covered, or all have one sign, for chance", "The mean error is above 10 %",
    "but no more than the intervals of such predictions allow",
    "the law extrapolates worse than it describes",
  ]
  private static let coverage = ["the intervals are too narrow for runs like these"]
  private static let summedCoverage = ["**Too few lie within their 95 % intervals**"]

  private static let extrapolations = [
    expect(
      "one held-out run above", direction, "too low: this", because: "its loss is 3 % above the law"
    ),
    expect(
      "one held-out run above", misfit, "extrapolates worse", because: "3 % beside a noise of 0.2 %"
    ),
    expect("one held-out run above", heldOut, "held-out run", because: "one run is held out"),
    expect(
      "one held-out run below", direction, "too high: this",
      because: "its loss is 3 % below the law"),
    expect(
      "one held-out run below", misfit, "extrapolates worse", because: "3 % beside a noise of 0.2 %"
    ),
    expect(
      "one held-out run as predicted", misfit, "at most twice", because: "its loss is the law's"),
    expect("one held-out run as predicted", coverage, nil, because: "its loss is the law's"),
    expect(
      "one held-out run far away", misfit, "no more than the intervals",
      because: "0.6 % above the law behind the runs, which at 1200 times the sizes is known worse"),
    expect(
      "all held-out runs above", direction, "too low: these",
      because: "losses are 3 % above the law"),
    expect("all held-out runs above", misfit, "extrapolates worse", because: "3 % above 0.2 %"),
    expect("all held-out runs above", heldOut, "held out are", because: "12 runs are held out"),
    expect(
      "all held-out runs below", direction, "too high: these",
      because: "losses are 3 % below the law"),
    expect("28 held-out runs", direction, nil, because: "errors have both signs"),
    expect("28 held-out runs", misfit, "at most twice", because: "all runs follow one law"),
    expect("28 held-out runs", coverage, nil, because: "all runs follow one law"),
    expect("28 held-out runs", predictor, "fit", because: "there is a fit"),
    expect(
      "logged dense runs", misfit, "chance", because: "errors of the size of the noise, one sign"),
    expect(
      "errors far off in size alone", misfit, "above 10 %", because: "a noise of 11 % is no skill"),
    expect(
      "interaction with size", coverage, "too narrow",
      because: "no law of one multiplier fits, least of all beyond the sizes"),
    expect(
      "interaction with size", summedCoverage, "Too few",
      because: "no law of one multiplier fits, least of all beyond the sizes"),
    expect("28 held-out runs", summedCoverage, nil, because: "all runs follow one law"),
    expect(
      "published law, one run held out", predictor, "published", because: "there is no fit"),
  ]

  // MARK: Claims and noise

  private static let claim = [
    "Supported: the interval lies within the margin",
    "Contradicted: the interval lies outside of the margin",
    "Contradicted: no multiplier holds for all of them", "Undecided by these runs",
    "Not tested: there is no interval",
  ]
  /// Of a claim that is undecided.
  private static let detection = [
    "Undecided by these runs: the interval excludes 1, but",
    "Undecided by these runs: the interval reaches over",
  ]
  private static let withoutLaw = ["has a higher mean loss than dense below"]
  private static let omitted = ["Compute leaves out"]
  private static let spread = [
    ", further than chance takes equal noise", ", no further than chance takes equal noise",
  ]
  private static let noise = [
    "part of the misfit is the law's own", "do not tell whether that is noise alone",
    "the settings that were repeated are noisier",
  ]
  private static let ranking = [
    "the smallest error is that of the paper's law with sparsity–data interaction",
    "the smallest error is that of the paper's law with size-dependent sparsity",
  ]
  /// Of the law of the report.
  private static let neverBest = [" and is best in 0 %."]
  private static let nearBest = [
    "By the law that predicts sizes left out best by far",
    "that predict sizes left out nearly as well",
  ]
  private static let lawsDisagree = ["**The laws disagree**"]
  private static let choices = [
    "to analyse these runs moves overtake, multiplier or threshold out",
    "to analyse these runs, these move a number out of its 95 % interval",
  ]
  private static let overtakeNearBest = [
    "By this law, the overtake lies at", ", the overtake lies between",
  ]
  private static let onData = "**Sparsity does not interact with data.**"
  private static let onSize = "**The multiplier is the same for every size.**"

  private static let interactions = [
    expect(
      "interaction with data", claim, "outside of the margin", on: onData,
      because: "the data term goes with (1 − S)^0.6, which takes a third off the multiplier"),
    expect(
      "interaction with size", claim, "no multiplier", on: onSize,
      because: "what sparsity removes goes with N^(0.6 − 0.25): larger dense models do worse, so "
        + "none of them matches a sparse one"),
    expect(
      "multiplier that falls with size", claim, "outside of the margin", on: onSize,
      because: "what sparsity removes halves over the sizes"),
    expect(
      "interaction too weak to matter", claim, "Supported", on: onData,
      because: "an exponent of 0.01 moves the multiplier by 1 %"),
    expect(
      "interaction too weak to matter", claim, "Supported", on: onSize, because: "there is none"),
    expect(
      "interaction about as large as the scatter", claim, "Supported", on: onData,
      because: "0.05 is told from 0, but moves the multiplier by a twelfth of what 0.6 does"),
    expect(
      "interaction about as large as the margin", claim, "Undecided", on: onSize,
      because: "the multiplier becomes 0.91 times as large, as at the margin"),
    expect(
      "interaction about as large as the margin", detection, "excludes", on: onSize,
      because: "noise of 0.1 % tells 0.91 from 1"),
    expect("noise", claim, "Undecided", on: onData, because: "a noise of 2 % hides 10 %"),
    expect("noise", detection, "reaches", on: onData, because: "there is no interaction"),
    expect("28 held-out runs", claim, "Supported", on: onData, because: "there is no interaction"),
    expect("28 held-out runs", claim, "Supported", on: onSize, because: "there is no interaction"),
    expect("fit without intervals", claim, "Not tested", on: onData, because: "no resamples"),
    expect("fit without intervals", claim, "Not tested", on: onSize, because: "no resamples"),
    expect(
      "seeds closer than the law", claim, "Supported", on: onData,
      because: "the misfit waves with size and sparsity, not with data"),
    expect("interaction with data", ranking, "data", because: "it is the law behind the runs"),
    expect("interaction with size", ranking, "size", because: "it is the law behind the runs"),
    expect(
      "interaction with data", neverBest, "0 %", because: "one rival is the law behind the runs"),
    expect(
      "interaction with size", neverBest, "0 %", because: "one rival is the law behind the runs"),
    expect("no saturation", neverBest, nil, because: "it is the law behind the runs"),
    expect(
      "interaction with data", nearBest, "by far", because: "one rival is the law behind the runs"),
    expect("28 held-out runs", nearBest, "nearly", because: "rivals hold the law behind the runs"),
    expect(
      "interaction with data", lawsDisagree, "disagree",
      because: "the multiplier at 75 % of the law behind the runs is two thirds of the report's"),
    expect("noise", lawsDisagree, nil, because: "a noise of 2 % hides what tells laws apart"),
    expect(
      "excluded runs that decide", choices, "these move a number", because: "they are 30 % off"),
    expect("sparsity pays late", choices, "moves overtake", because: "all runs follow one law"),
    expect("fit without intervals", choices, nil, because: "no interval tells"),
    expect(
      "interaction with data", overtakeNearBest, "this law",
      because: "one rival is the law behind the runs"),
    expect(
      "28 held-out runs", overtakeNearBest, "between",
      because: "rivals hold the law behind the runs"),
    expect(
      "seeds closer than the law", noise, "law's own", because: "repeats to 0.02 %, a bias of 1 %"),
    expect(
      "seeds as close as the law", noise, "noise alone",
      because: "repeats and settings scatter alike"),
    expect(
      "seeds further than the law", noise, "noisier", because: "repeats scatter by 3 %, others 0.05"
    ),
    expect("fit without intervals", noise, nil, because: "nothing is repeated"),
    expect(
      "seeds closer than the law", spread, ", further",
      because: "dense runs scatter eight times as much"),
    expect("seeds as close as the law", spread, "no further", because: "all scatter by 0.06 %"),
    expect(
      "seeds where sparsity pays late", withoutLaw, "higher",
      because: "at equal compute 50 % costs 0.3 to 2 % of loss, and seeds scatter by 0.02 %"),
    expect("fit without intervals", withoutLaw, nil, because: "nothing is repeated"),
    expect("a head beside the parameters", omitted, "leaves", because: "compute.extra is given"),
    expect("fit without intervals", omitted, nil, because: "nothing else is said to be computed"),
    expect("fit without intervals", spread, nil, because: "nothing is repeated"),
  ]

  // MARK: Sparsity

  private static let pays = [
    "some sparsity pays even below Chinchilla compute",
    "do not decide whether sparsity pays already below",
    "sparsity pays only past Chinchilla compute",
  ]
  private static let summary = [
    "**When sparsity pays.** By the law", "The effect of sparsity is not identified by these runs",
    "finds no gain from sparsity at equal non-zero size",
    "The law of this report knows no effect of sparsity", "**Compute-optimal training.**",
  ]
  private static let worth = ["**Dense is best.**", "**Whether sparsity helps is open.**"]
  private static let sideBySide = ["**What each published law says.**"]
  private static let noOptimum = [
    "the law has one best sparsity", "These runs do not identify the effect of sparsity",
    "at any budget it is a dense model",
    "The law says nothing of sparsities between those measured",
    "The law knows no effect of sparsity",
  ]
  private static let limit = [
    "the limit for ever higher sparsity is", "by the law there is no limit",
  ]
  private static let multipliers = [
    "By the form of the law the multiplier is the same for every size",
    "Under this law it depends on the size or the data",
  ]
  private static let contours = [
    "By its form the lines of equal best sparsity are power laws",
    "depends on the size: the table is for",
  ]

  /// Where non-zero FLOPs count, 0.375 of the cost of density is left on average over training; by
  /// hand, sparsity then pays from (a_S b_S / (0.375 b_N (a_S + c_S)))^(−1 / b_D) Chinchilla compute.
  private static let sparsities = [
    expect(
      "28 held-out runs", pays, "even below",
      because: "sparsity takes a third of the size term: it begins to pay at 0.04"),
    expect(
      "sparsity pays late", pays, "only past",
      because: "sparsity takes a 21st of the size term: it begins to pay at 9"),
    expect(
      "whether sparsity pays early is open", pays, "do not decide",
      because: "it begins to pay at 0.97, and noise of 0.4 % does not tell that from 1"),
    expect("fit without intervals", pays, nil, because: "no interval tells"),
    expect("fit without intervals", summary, "When", because: "four sparsities"),
    expect("dense runs", summary, "Compute-optimal", because: "all runs are dense"),
    expect(
      "losses that sparsity leaves alone", summary, "no gain", because: "a_S is 0"),
    expect(
      "sparse runs left out of dense ones", summary, "not identified", because: "a_S is unknown"),
    expect(
      "losses that sparsity leaves alone", worth, "Dense", because: "losses rise by 0.4 % of S"),
    expect(
      "whether sparsity helps is open", worth, "open", because: "a_S is 1 % of 30, noise 3 %"),
    expect("28 held-out runs", worth, nil, because: "a_S is a third of 30, noise 0.2 %"),
    expect("published laws alone", sideBySide, "each", because: "two laws are published"),
    expect("fit without intervals", sideBySide, nil, because: "there is a fit"),
    expect("a law without sparsity", summary, "knows no", because: "law: dense"),
    expect(
      "a law with a multiplier for each sparsity", summary, nil, because: "it has levels alone"),
    expect("fit without intervals", noOptimum, "one best", because: "four sparsities"),
    expect("dense runs", noOptimum, nil, because: "where all is dense, sparsity is no question"),
    expect(
      "losses that sparsity leaves alone", noOptimum, "any budget", because: "a_S is 0"),
    expect(
      "sparse runs left out of dense ones", noOptimum, "do not identify",
      because: "the runs that are left are dense"),
    expect("a law without sparsity", noOptimum, "knows no", because: "law: dense"),
    expect(
      "a law with a multiplier for each sparsity", noOptimum, "between", because: "it has levels"),
    expect("fit without intervals", limit, "ever higher", because: "c_S is 20"),
    expect("no saturation", limit, "no limit", because: "c_S is 0"),
    expect("fit without intervals", multipliers, "same", because: "the paper's law has one"),
    expect(
      "a law whose multipliers depend on the size", multipliers, "depends", because: "law's form"),
    expect("fit without intervals", contours, "power laws", because: "the paper's law has them"),
    expect(
      "a law whose multipliers depend on the size", contours, "depends", because: "law's form"),
  ]

  // MARK: Patterns and pruning

  private static let againstDense = ["| better |", "| worse |", "| undecided |"]
  private static let contrast = [
    "it is better here", "it is worse here", "these runs do not decide which is better",
  ]
  private static let pruning = [
    "As in the paper, matching", "Other than in the paper: there",
    "do not settle the paper's finding",
  ]
  private static let undecidedPruning = ["decide nothing."]

  private static let patterns = [
    expect(
      "patterns of one sparsity", againstDense, "better", on: "| 2:4 |",
      because: "0.5 % above unstructured, dense is 9 to 10 % above"),
    expect(
      "patterns of one sparsity", againstDense, "worse", on: "| 4:8 |",
      because: "30 % above unstructured"),
    expect(
      "patterns of one sparsity", againstDense, "undecided", on: "| 8:16 |",
      because: "as far above unstructured as dense is"),
    expect("patterns of one sparsity", contrast, nil, because: "there is nothing to compare"),
    expect(
      "patterns as good as unstructured, pruning as in the paper", contrast, "better here",
      because: "75 % is better than 50 % unstructured, and patterns are as good"),
    expect(
      "sparse patterns worse, pruning otherwise", contrast, "worse here",
      because: "1:4 is 10 % above unstructured, 2:4 is not"),
    expect(
      "patterns undecided, pruning mixed", contrast, "do not decide",
      because: "noise of 2 %, and 7 % of loss for what 75 % gains"),
    expect(
      "patterns as good as unstructured, pruning as in the paper", pruning, "As in",
      because: "1.8 and 1.25 times the pruning data, less than both stages"),
    expect(
      "sparse patterns worse, pruning otherwise", pruning, "Other than",
      because: "300 times the pruning data, more than both stages"),
    expect(
      "patterns undecided, pruning mixed", pruning, "do not settle", because: "1.5 and 20 times"),
    expect(
      "patterns undecided, pruning mixed", undecidedPruning, "nothing", because: "noise of 2 %"),
    expect(
      "patterns as good as unstructured, pruning as in the paper", undecidedPruning, nil,
      because: "noise of 0.05 %"),
  ]

  // MARK: Exclusions

  private static let putBack = [
    "they move no coefficient, multiplier or threshold out", "they move no coefficient out",
    "out of the 95 % interval, and nothing else",
    "**conclusions rest on leaving them out.**", "without intervals that cannot be weighed",
    "they have no loss, size or data that a fit could use", "another form of the law",
    "not put back, for being one of too many causes",
  ]
  private static let leftOut = ["**Left out.**"]
  private static let deciding = ["**Exclusions.** Leaving out"]
  private static let entry = "** (16 runs): "

  private static let exclusions = [
    expect("excluded runs that fit", putBack, "no coefficient,", on: entry, because: "1 % off"),
    expect(
      "dense, excluded runs that fit", putBack, "no coefficient out", on: "put back, they move",
      because: "they fit, and a dense law has neither multipliers nor thresholds"),
    expect(
      "faulty runs and missing files", leftOut, "Left", because: "the losses of two runs are NaN"),
    expect("excluded runs that fit", leftOut, nil, because: "a rule of sweep.yml excludes them"),
    expect("excluded runs that fit", deciding, nil, because: "nothing leaves its interval"),
    expect("excluded runs that decide", putBack, "rest on", on: entry, because: "30 % off"),
    expect("excluded runs that decide", deciding, "Leaving out", because: "30 % off"),
    expect(
      "excluded runs without intervals", putBack, "weighed", on: entry, because: "no resamples"),
    expect("excluded runs without intervals", deciding, nil, because: "no resamples"),
    expect(
      "excluded runs that move one coefficient", putBack, "nothing else", on: "** (20 runs): ",
      because: "0.3 % off at one sparsity"),
    expect(
      "excluded runs that move one coefficient", deciding, nil, because: "no conclusion moves"),
    expect(
      "sparse runs left out of dense ones", putBack, "another form", on: "** (60 runs): ",
      because: "with them the law knows sparsity"),
    expect(
      "faulty runs and missing files", putBack, "no loss", on: "** (2 runs): ",
      because: "their losses are NaN"),
    expect(
      "many causes", putBack, "not put back", on: "** (192 runs): ", because: "there are 56 causes"),
    expect("many causes", putBack, "weighed", on: "**all of these** (", because: "no resamples"),
  ]

  // MARK: What stands behind

  private static let trends = [
    "† further from 0 than chance", "levels is further from 0 than chance",
  ]
  private static let determination = [
    "the runs determine every coefficient",
    "Even given this law, the runs do not determine",
  ]
  private static let starts = [
    "All 8 starts ended there", "Minima of larger objective that the others found",
  ]
  private static let outliers = ["None of the", "Look into "]
  private static let warnings = ["Read [the warnings](#warnings)"]

  private static let details = [
    expect("a law without sparsity", trends, "†", because: "sparsity lowers these losses"),
    expect("fit without intervals", trends, "levels is", because: "losses follow the law"),
    expect(
      "densities in a ratio of one half", determination, "every", because: "a noise of 0.05 %"),
    expect(
      "long names", determination, nil,
      because: "a noise of 0.2 % leaves some known to a factor of 4"),
    expect("noise", determination, "do not", because: "a noise of 2 %"),
    expect("fit without intervals", starts, "All 8", because: "a smooth valley"),
    expect("many worse minima", starts, "larger", because: "losses wave by 30 %"),
    expect(
      "fit without intervals", outliers, "None", on: "robust standard deviations",
      because: "all runs follow the law"),
    expect(
      "one held-out run above", outliers, "Look", on: "robust standard deviations",
      because: "a run lies 3 % off, the others 0.2 %"),
    expect("fit without intervals", warnings, nil, because: "a full design that follows the law"),
    expect(
      "losses that sparsity leaves alone", warnings, "Read", because: "a_S is 0, its least value"),
  ]
}
