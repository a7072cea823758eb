use super::*;
use proptest::prelude::*;

/// A score in one line: form, value, fraction, unit; a mark is its state.
fn line(score: Result<Score, Code>) -> String {
    match score {
        Err(code) => code.id().to_owned(),
        Ok(Score { value: None, state, .. }) => state.as_str().to_owned(),
        Ok(score) => {
            let mut line = format!("{:?} {}", score.form, score.value.unwrap_or(f64::NAN)).to_lowercase();
            if let (Some(numerator), Some(denominator)) = (score.numerator, score.denominator) {
                line += &format!(" {numerator}/{denominator}");
            }
            if let Some(unit) = score.unit {
                line += &format!(" {}", unit.name);
            }
            line
        }
    }
}

fn check_as(text: &str, kind: u8, hint: UnitHint, expected: &str) {
    assert_eq!(line(parse_score(text, kind, hint)), expected, "{text:?} {} {hint:?}", char::from(kind));
}

fn check(text: &str, expected: &str) {
    check_as(text, b't', UnitHint::Plain, expected);
}

#[test]
fn trials_as_marks() {
    check("+ + - +", "trials 75 3/4");
    check("++-+", "trials 75 3/4");
    check("✓✓x", "trials 66.66666666666667 2/3");
    check("+,+,-,-", "trials 50 2/4");
    check("- - -", "trials 0 0/3");
    // One dash, or several together, stand for a day without data; a cross may mean either.
    check("-", "absent");
    check("---", "absent");
    check("x x", "S001");
    check("+", "S001");
    check("A+", "S001");
}

#[test]
fn good_scores() {
    check("12", "number 12");
    check("3.5", "number 3.5");
    check("1,204", "number 1204");
    check("0", "number 0");
    check("80%", "percent 80");
    check("80 %", "percent 80");
    check("80.5%", "percent 80.5");
    check("100%", "percent 100");
    check("80 percent", "percent 80 percent");
    check("80% correct", "percent 80 percent correct");
    check("80% accuracy", "percent 80 percent correct");
    check("4/5", "trials 80 4/5");
    check("4 / 5", "trials 80 4/5");
    check("4 of 5", "trials 80 4/5");
    check("4 out of 5", "trials 80 4/5");
    check("4 OUT OF 5", "trials 80 4/5");
    check("4 de 5", "trials 80 4/5");
    check("0/5", "trials 0 0/5");
    check("10/10", "trials 100 10/10");
    check("4/5 trials", "trials 80 4/5 trials");
    check("8/10 (80%)", "trials 80 8/10");
    check("8/10 = 80%", "trials 80 8/10");
    check("80% (8/10)", "trials 80 8/10");
    check("2/3 (67%)", "trials 66.66666666666667 2/3");
    check("12 wcpm", "number 12 wcpm");
    check("12wcpm", "number 12 wcpm");
    check("12 words correct per minute", "number 12 wcpm");
    check("3 correct", "number 3 correct");
    check("3 errors", "number 3 errors");
    check("45 seconds", "duration 45 seconds");
    check("45 sec.", "duration 45 seconds");
    check("2:30", "duration 150 seconds");
    check("1:02:30", "duration 3750 seconds");
    check("2 min", "duration 120 minutes");
    check("1 hr", "duration 3600 hours");
    check("2 min 30 sec", "duration 150 seconds");
    check("2m 30s", "duration 150 seconds");
}

#[test]
fn numbers_of_the_format() {
    check_as("0.8", b'p', UnitHint::Plain, "percent 80");
    check_as("0.07", b'p', UnitHint::Plain, "percent 7");
    check_as("1.2", b'P', UnitHint::Plain, "S003");
    check_as("0.8", b'f', UnitHint::Plain, "percent 80");
    check_as("0.8", b'f', UnitHint::Percent(Scale::Hundred), "percent 80");
    check_as("12.5", b'f', UnitHint::Plain, "number 12.5");
    check_as("12", b'n', UnitHint::Plain, "number 12");
    check_as("12", b'N', UnitHint::Plain, "number 12");
    check_as("#REF!", b'e', UnitHint::Plain, "S004");
    check_as("2025-04-05", b'd', UnitHint::Plain, "S005");
    check_as("5-Apr", b't', UnitHint::Plain, "S005");
    check_as("5-apt", b't', UnitHint::Plain, "S001");
    check_as("TRUE", b'b', UnitHint::Plain, "S001");
    check_as("", b'z', UnitHint::Plain, "blank");
}

#[test]
fn percents_follow_their_column() {
    check_as(".8", b't', UnitHint::Percent(Scale::One), "percent 80");
    check_as("0.8", b'n', UnitHint::Percent(Scale::MostlyHundred), "percent 80");
    check_as("0.8", b'n', UnitHint::Percent(Scale::Hundred), "percent 0.8");
    check_as("1", b'n', UnitHint::Percent(Scale::One), "percent 100");
    check_as("1", b'n', UnitHint::Percent(Scale::MostlyOne), "percent 100");
    check_as("1", b'n', UnitHint::Percent(Scale::MostlyHundred), "percent 1");
    check_as("80", b'n', UnitHint::Percent(Scale::MostlyOne), "percent 80");
    check_as("120", b'n', UnitHint::Percent(Scale::Hundred), "S003");
    check_as("-5", b'n', UnitHint::Percent(Scale::Hundred), "S003");
    check_as("4/5", b't', UnitHint::Percent(Scale::Hundred), "trials 80 4/5");
}

#[test]
fn times_follow_their_column() {
    check_as("20", b'n', UnitHint::Seconds(1), "duration 20");
    check_as("20", b'n', UnitHint::Seconds(60), "duration 1200");
    check_as("20 sec", b't', UnitHint::Seconds(60), "duration 20 seconds");
    check_as("2:30", b't', UnitHint::Seconds(60), "duration 150 seconds");
}

#[test]
fn marks() {
    check("", "blank");
    check("NA", "absent");
    check("n/a", "absent");
    check("-", "absent");
    check("–", "absent");
    check("absent", "absent");
    check("refused", "refused");
    check("no school", "absent");
}

#[test]
fn what_is_wrong() {
    for text in [
        "see notes",
        "twelve",
        "<1",
        ">90",
        "~40",
        "40+",
        "40?",
        "1,5",
        "0,8",
        "4/5/25",
        "4/",
        "/5",
        "80%%",
        "80-90",
        "80 90",
        "12 apples",
        "5 trials",
        "2:75",
        "2:3",
        "1:2:3:4",
        "80% (3/5)",
        "8/10 (75%)",
        "1e5",
        "#1",
        "12 of",
        "(12)",
        "80% maybe",
        "3 sessions",
    ] {
        check(text, "S001");
    }
    check("7/5", "S002");
    check("101%", "S003");
    check("-5%", "S003");
    check("#REF!", "S004");
    check("#DIV/0!", "S004");
    check("-5", "S006");
    check("\u{2212}5", "S006");
    check("-5 wcpm", "S006");
    check("-1/5", "S006");
    check("0/0", "S007");
    check("3/0", "S007");
}

proptest! {
    #[test]
    fn a_fraction_is_its_percent(denominator in 1u32..500, part in 0u32..500) {
        let numerator = part % (denominator + 1);
        let score = parse_score(&format!("{numerator}/{denominator}"), b't', UnitHint::Plain).expect("a fraction");
        prop_assert_eq!(score.value, Some(f64::from(numerator) * 100.0 / f64::from(denominator)));
        prop_assert_eq!(score.denominator, Some(f64::from(denominator)));
    }

    #[test]
    fn what_is_accepted_is_in_range(text in "[0-9%/.:, a-z()-]{0,12}", any in "\\PC{0,16}", kind in proptest::sample::select(b"tnpdfbezmTNPDFBE".as_slice())) {
        for text in [text, any] {
            for hint in [UnitHint::Plain, UnitHint::Percent(Scale::One), UnitHint::Percent(Scale::MostlyHundred), UnitHint::Seconds(60)] {
                let Ok(score) = parse_score(&text, kind, hint) else { continue };
                prop_assert_eq!(score.state == State::Scored, score.value.is_some());
                if let Some(value) = score.value {
                    prop_assert!(value.is_finite() && value >= 0.0);
                    prop_assert!(!matches!(score.form, Form::Percent | Form::Trials) || value <= 100.0);
                }
            }
        }
    }
}
