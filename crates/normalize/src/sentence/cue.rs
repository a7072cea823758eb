//! The words around a number that say what it is.

/// Verbs that say which way is better, wherever they stand before the target.
pub(super) const RISE: &[&str] = &[
    "increase", "increases", "increasing", "improve", "improves", "improving", "raise", "raising", "grow", "gain", "increased", "aumentar", "aumentará", "mejorar", "mejorará", "incrementar", "incrementará",
];
pub(super) const FALL: &[&str] = &[
    "decrease", "decreases", "decreasing", "reduce", "reduces", "reducing", "lower", "lowering", "lessen", "limit", "limiting", "eliminate", "minimize", "disminuir", "disminuirá", "reducir", "reducirá",
];

/// Verbs of doing: more is better, when nothing says otherwise.
#[rustfmt::skip]
pub(super) const DO: &[&str] = &[
    "read", "answer", "solve", "write", "spell", "name", "identify", "produce", "initiate", "follow", "complete", "respond", "use", "score", "compute", "remain", "stay", "attend", "achieve", "demonstrate",
    "request", "earn", "turn", "participate", "label", "match", "count", "retell", "recall", "select", "sustain", "add", "subtract", "multiply", "divide", "decode", "blend", "segment", "define", "describe",
    "summarize", "independently", "correctly", "accurately", "type", "copy", "state", "articulate", "point", "calculate", "comprehend", "engage", "greet", "work", "transition", "leer", "leerá", "responderá", "completará",
    "escribirá", "identificará", "usará", "resolverá",
];

/// Words between `to` or `from` and the number.
pub(super) const FILLER: &[&str] = &["a", "an", "the", "at", "about", "his", "her", "their", "current", "level", "of", "rate", "approximately", "score", "average", "mean", "median", "an", "un", "una", "el", "la"];

/// Words that begin a condition.
pub(super) const CONDITION: &[&str] = &["given", "when", "provided", "using", "after", "during", "if", "upon", "presented", "dado", "dada", "cuando"];

/// What an occasion of measuring is called: `4 of 5 sessions` is a criterion, never a score.
pub(super) const OCCASIONS: &[&str] = &[
    "session", "sessions", "day", "days", "week", "weeks", "probe", "probes", "occasion", "occasions", "observation", "observations", "assessment", "assessments", "class", "classes", "month", "months", "period",
    "periods", "passage", "passages", "quiz", "quizzes", "test", "tests", "measurement", "measurements", "data", "check", "checks", "quarter", "quarters", "assignments", "assignment", "sample", "samples", "sesiones", "días", "collections", "administrations",
];

/// What a trial is called: `4 of 5 trials` is a criterion beside another target, else the target.
pub(super) const TRIALS: &[&str] =
    &["trial", "trials", "opportunity", "opportunities", "attempt", "attempts", "times", "time", "instance", "instances", "tries", "chances", "situations", "oportunidades", "intentos"];

/// Look-back words of a report that make the number a goal, a norm or a wish.
pub(super) const AIMS: &[&str] = &[
    "goal", "goals", "target", "criterion", "criteria", "mastery", "need", "needs", "needed", "aim", "aimline", "expected", "expects", "expectation", "should", "will", "would", "toward", "towards", "reach", "until", "norm",
    "norms", "peer", "peers", "classmates", "objective", "required", "must", "typical", "national", "percentile", "benchmark", "benchmarks", "can", "could", "hopes", "plan", "to-date", "meta", "objetivo", "maximum", "max",
];

/// Look-back words of a report that make the number an earlier one.
pub(super) const EARLIER: &[&str] = &["from", "previously", "previous", "prior", "compared", "than", "initially", "initial", "began", "beginning", "started", "start", "originally", "earlier", "formerly", "versus", "vs", "had been", "former", "before"];

/// Look-back words of a report that make the number a difference.
pub(super) const CHANGES: &[&str] = &["by", "gained", "gain", "gains", "growth", "grew", "improvement", "increase", "decrease", "rise", "drop", "difference", "additional", "another", "extra", "rose", "fell", "growing", "gaining"];

/// Words directly before a number that make it inexact.
pub(super) const INEXACT: &[&str] = &["about", "approximately", "approx", "around", "nearly", "almost", "over", "under", "than", "least", "most", "roughly", "below", "above", "between", "close", "near", "exceeds", "exceeded", "exceeding", "past", "upto"];

/// Words that make all numbers of a sentence something else.
pub(super) const ASIDE: &[&str] = &["attended", "attendance", "absent", "absences", "missed", "tardy", "tardies", "percentile", "ranged", "ranges", "ranging", "range", "between", "minutes/week", "services", "accommodations", "grade-level", "if"];
