use super::*;
use proptest::prelude::*;

fn check(text: &str, expected: Result<(i32, u32, u32), Code>) {
    check_as(text, b't', Order::MonthFirst, expected);
}

fn check_as(text: &str, kind: u8, order: Order, expected: Result<(i32, u32, u32), Code>) {
    let expected = expected.map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).expect("a date"));
    assert_eq!(parse_date(text, kind, order), expected, "{text:?} {} {order:?}", char::from(kind));
}

#[test]
fn ways_to_write_the_third_of_october() {
    for text in [
        "2025-10-03",
        "2025-10-3",
        "2025/10/3",
        "2025.10.03",
        "2025-10-03T00:00:00",
        "2025-10-03 08:30",
        "2025-10-03T00:00:00.000Z",
        "2025-10-03Z",
        "2025-10-03-05:00",
        "2025-10-03+00:00",
        "2025-10-03T08:30:00-05:00",
        "10/3/2025",
        "10/03/25",
        "10-3-2025",
        "10.3.2025",
        "10 / 3 / 2025",
        "10/3/2025 12:00:00 AM",
        "10/3/2025 8:05",
        "Oct 3, 2025",
        "October 3 2025",
        "OCTOBER 3, 2025",
        "3 Oct 2025",
        "3-Oct-25",
        "03-OCT-2025",
        "Oct. 3rd, 2025",
        "3rd October 2025",
        "3rd of October, 2025",
        "Oct-03-2025",
        "20251003",
        "10032025",
        "Mon 10/3/2025",
        "Friday, October 3, 2025",
        "Fri, 3 Oct 2025",
        "Fri. Oct 3 2025",
        "2025 Oct 3",
        "2025-Oct-03",
        "3 de octubre de 2025",
        "3 octubre 2025",
        "Octubre 3, 2025",
        "viernes, 3 de octubre de 2025",
        " 10/3/2025\u{a0}",
        "\u{feff}10/3/2025",
    ] {
        check(text, Ok((2025, 10, 3)));
    }
}

#[test]
fn order_of_day_and_month() {
    check_as("3/4/2025", b't', Order::MonthFirst, Ok((2025, 3, 4)));
    check_as("3/4/2025", b't', Order::DayFirst, Ok((2025, 4, 3)));
    check_as("3/4/2025", b't', Order::Undecided, Err(Code::D006));
    check_as("5/5/2025", b't', Order::Undecided, Ok((2025, 5, 5)));
    check_as("14/3/2025", b't', Order::Undecided, Ok((2025, 3, 14)));
    check_as("3/14/2025", b't', Order::Undecided, Ok((2025, 3, 14)));
    check_as("14/3/2025", b't', Order::MonthFirst, Ok((2025, 3, 14)));
    check_as("2025-03-04", b't', Order::DayFirst, Ok((2025, 3, 4)));
}

#[test]
fn two_digit_years() {
    check("1/2/00", Ok((2000, 1, 2)));
    check("1/2/69", Ok((2069, 1, 2)));
    check("1/2/99", Ok((1999, 1, 2)));
    check("1/2/70", Err(Code::D004));
    assert!(parse_birth_date("1/2/70", b't', Order::MonthFirst).is_ok());
    assert!(parse_birth_date("1/2/1900", b't', Order::MonthFirst).is_ok());
    assert_eq!(parse_birth_date("1/2/1899", b't', Order::MonthFirst), Err(Code::D004));
}

#[test]
fn numbers_of_days() {
    check_as("45933", b'n', Order::MonthFirst, Ok((2025, 10, 3)));
    check_as("45933.354", b'N', Order::MonthFirst, Ok((2025, 10, 3)));
    check_as("20251003", b'n', Order::MonthFirst, Ok((2025, 10, 3)));
    check_as("45933", b't', Order::MonthFirst, Err(Code::D001));
    check_as("19999", b'n', Order::MonthFirst, Err(Code::D001));
    check_as("80000", b'n', Order::MonthFirst, Err(Code::D001));
    check_as("80", b'n', Order::MonthFirst, Err(Code::D001));
    check_as("2025-10-03", b'd', Order::DayFirst, Ok((2025, 10, 3)));
    check_as("2025-10-03T00:00:00", b'D', Order::DayFirst, Ok((2025, 10, 3)));
}

#[test]
fn what_is_wrong() {
    check("", Err(Code::D003));
    check("  ", Err(Code::D003));
    check("2/30/2025", Err(Code::D002));
    check("2025-02-29", Err(Code::D002));
    check("13/13/2025", Err(Code::D002));
    check("0/3/2025", Err(Code::D002));
    check("Feb 30, 2025", Err(Code::D002));
    check("10/3/1925", Err(Code::D004));
    check("2205-10-03", Err(Code::D004));
    check("0025-10-03", Err(Code::D004));
    for text in [
        "soon",
        "10/3",
        "Oct 3",
        "10/2025",
        "October 2025",
        "10/3/205",
        "10/3-2025",
        "10/3/2025 and 10/4/2025",
        "4/5",
        "80%",
        "Monday",
        "10/3/20255",
        "123/4/2025",
        "2025-10-03x",
        "#REF!",
        "N/A",
        "Mayor 3, 2025",
        "10/3/2025 absent",
        "12345678901",
        "10//3/2025",
        "10 3 2025",
    ] {
        check(text, Err(Code::D001));
    }
    check_as("#REF!", b'e', Order::MonthFirst, Err(Code::D001));
}

#[test]
fn a_column_votes() {
    let check = |texts: &[&str], order: Order, code: Option<Code>| {
        let mut vote = DateVote::default();
        texts.iter().for_each(|text| vote.see(text, b't'));
        assert_eq!(vote.decide(), Decision { order, code }, "{texts:?}");
    };
    check(&[], Order::MonthFirst, None);
    check(&["2025-10-03", "Oct 3, 2025", "absent"], Order::MonthFirst, None);
    check(&["10/3/2025", "11/4/2025"], Order::MonthFirst, Some(Code::D005));
    check(&["10/3/2025", "10/13/2025"], Order::MonthFirst, None);
    check(&["10/3/2025", "13/10/2025"], Order::DayFirst, None);
    check(&["10/3/2025", "13/10/2025", "10/13/2025"], Order::Undecided, Some(Code::D006));
    check(&["5/5/2025"], Order::MonthFirst, None);
}

#[test]
fn periods() {
    let check = |text: &str, expected: Option<&str>| {
        let found = parse_period(text, 2025).map(|(begin, end)| format!("{begin} {end}"));
        assert_eq!(found.as_deref(), expected, "{text:?}");
    };
    for text in ["October 2025", "Oct-25", "Oct 25", "Oct '25", "Oct", "10/2025", "2025-10", "octubre de 2025", "OCT. 2025"] {
        check(text, Some("2025-10-01 2025-10-31"));
    }
    check("Feb", Some("2026-02-01 2026-02-28"));
    check("Jan 26", Some("2026-01-01 2026-01-31"));
    check("Fall 2025", Some("2025-08-01 2025-11-30"));
    check("Fall", Some("2025-08-01 2025-11-30"));
    check("Winter 2025-26", Some("2025-12-01 2026-02-28"));
    check("Winter 2026", Some("2025-12-01 2026-02-28"));
    check("Spring 2026", Some("2026-03-01 2026-05-31"));
    check("2025-26", Some("2025-07-01 2026-06-30"));
    check("2025-2026", Some("2025-07-01 2026-06-30"));
    for text in [
        "Q1",
        "Semester 1",
        "Oct 3",
        "Oct 3, 2025",
        "10/3/2025",
        "Oct-12",
        "Winter 2023",
        "",
        "13/2025",
        "1/2",
        "2009-10",
        "Goal 1",
    ] {
        check(text, None);
    }
}

#[test]
fn days_of_a_school_year() {
    let check = |text: &str, order: Order, expected: Option<&str>| {
        assert_eq!(parse_day_of_year(text, 2025, order).map(|date| date.to_string()).as_deref(), expected, "{text:?}");
    };
    for text in ["10/3", "Oct 3", "3-Oct", "October 3rd", "Oct. 3", "10-3"] {
        check(text, Order::MonthFirst, Some("2025-10-03"));
    }
    check("1/9", Order::MonthFirst, Some("2026-01-09"));
    check("9/1", Order::DayFirst, Some("2026-01-09"));
    check("10/3", Order::Undecided, None);
    check("2/30", Order::MonthFirst, None);
    check("4/5/6", Order::MonthFirst, None);
    check("Oct", Order::MonthFirst, None);
}

proptest! {
    #[test]
    fn each_day_reads_back(number in 32_874i64..73_000) {
        let day = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a date") + chrono::Duration::days(number);
        for format in ["%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%d-%b-%Y", "%a %m/%d/%Y", "%Y%m%d"] {
            let text = day.format(format).to_string();
            prop_assert_eq!(parse_date(&text, b't', Order::MonthFirst), Ok(day), "{}", text);
        }
        prop_assert_eq!(parse_date(&day.format("%d/%m/%Y").to_string(), b't', Order::DayFirst), Ok(day));
        prop_assert_eq!(parse_date(&number.to_string(), b'n', Order::MonthFirst), Ok(day));
    }

    #[test]
    fn no_text_panics(text in "[0-9A-Za-zñé/., :T-]{0,24}", any in "\\PC{0,20}", kind in any::<u8>()) {
        for text in [text, any] {
            let _ = parse_date(&text, kind, Order::DayFirst);
            let _ = parse_period(&text, 2025);
            let _ = parse_day_of_year(&text, 2025, Order::MonthFirst);
        }
    }

    #[test]
    fn a_merged_vote_is_the_vote_of_all(days in proptest::collection::vec((1u32..=31, 1u32..=31), 0..30), cut in 0usize..30) {
        let texts: Vec<String> = days.iter().map(|(a, b)| format!("{a}/{b}/2025")).collect();
        let vote = |texts: &[String]| {
            let mut vote = DateVote::default();
            texts.iter().for_each(|text| vote.see(text, b't'));
            vote
        };
        let (left, right) = texts.split_at(cut.min(texts.len()));
        let mut merged = vote(right);
        merged.merge(vote(left));
        prop_assert_eq!(merged, vote(&texts));
    }
}

#[test]
fn names_of_windows() {
    for (one, other) in [
        ("Q1", "Quarter 1"),
        ("Q3", "3rd Quarter"),
        ("BOY", "Beginning of Year"),
        ("screening period 4", "Screening Period 4"),
        ("EOY", "eoy"),
    ] {
        assert!(same_window(one, other), "{one} {other}");
    }
    for (one, other) in [("Q1", "Q2"), ("", ""), ("BOY", "MOY")] {
        assert!(!same_window(one, other), "{one} {other}");
    }
}
