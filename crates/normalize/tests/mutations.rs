//! Cells and sentences as people write them, changed in every way: nothing panics, the same text gives the same answer, and
//! what is taken lies within its bounds.
//!
//! The same texts come on every machine. For longer runs:
//! `AIMLINE_MUTATIONS=100000 AIMLINE_SEED=7 cargo test --release -p aimline-normalize --test mutations`.

use aimline_normalize::date::{
    DateVote, Order, parse_and_vote, parse_birth_date, parse_date, parse_day_of_year, parse_period, same_window,
};
use aimline_normalize::mark::{State, parse_mark};
use aimline_normalize::scale::{Scale, ScaleVote};
use aimline_normalize::score::{Form, UnitHint, parse_score};
use aimline_normalize::sentence::{parse_description, parse_goal};
use aimline_normalize::units::{UNITS, unit_of};
use aimline_normalize::{amount, grade, id, name, number, progress, prompt, schedule, yes_no};
use chrono::{Datelike, NaiveDate};

/// What stands in cells.
#[rustfmt::skip]
const CELLS: &[&str] = &[
    "2025-10-03", "2025-10-03T10:33:00Z", "10/3/2025", "10/3/25", "10-3-2025", "10.3.2025", "20251003", "10032025", "Oct 3, 2025", "3-Oct-25", "Oct. 3rd, 2025",
    "3 de octubre de 2025", "Fri 10/3/2025", "45933", "10/3", "3-Oct", "31/2/2025", "Fall 2025", "Winter 2025-26", "Q1", "1st Quarter", "BOY", "Sept", "screening period 4",
    "80%", "0.8", ".8", "80", "80 %", "4/5", "4 / 5", "4 of 5", "8 out of 10", "2:30", "1:02:30", "45 sec", "40 wcpm", "12,5", "1,234", "1e3", "-1", "+", "-", "NA", "ABS", "absent", "no data",
    "4/5 (80%)", "80% (4/5)", "12 min", "IC", "Mastered", "AP", "progressing", "Making sufficient progress", "0012345678", "1.23E+05", "S1001", "123-45-6789", "MOSIS: 0012345678; Local: 125867",
    "Lopez, Ana M.", "Ana Lopez", "O’Neil Jr., J.", "de la Cruz, María José", "K", "PK", "03", "3rd", "Third grade", "12th", "Y", "yes", "No", "[X] yes [ ] no", "MAP-A", "60 minutes", "2 times weekly",
    "30 min", "3x/week", "daily", "Quarterly", "at each report card", "verbal prompt", "independent", "partial physical", "percent", "words correct per minute", "trials", "incidents", "seconds",
];

/// What may be put into any text.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    " ", "  ", "\n", "\t", "\u{a0}", "\u{200b}", "\u{feff}", "\u{301}", "\u{0}", "é", "ñ", "½", "٣", "３", "Ⅷ", "ß", "İ", "中", "😀", "–", "−", "’", "…", "º", "0", "00", "1", "9", "99999999999999999999", "1e308",
    "4294967296", ".", ",", ":", ";", "/", "-", "%", "#", "(", ")", "[", "]", "~", "=", "<", ">", "+", "$", "\"", "'", "of", "out of", "from", "to", "by", "baseline", "goal", "no more than", "increase", "decrease",
    "will", "average", "in 4 of 5 trials", "May", "Oct 3", "10/3", "2/30/2025", "2025", "wcpm", "percent", "minutes", "2:30", "80%", "4/5", "AM", "st", "rd", "de", "NaN", "inf", "E", "e+", "0x10",
];

const KINDS: &[u8] = b"tnpdfbezmTNPDFBEZM?h\0\xff";

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

fn rounds() -> u64 {
    std::env::var("AIMLINE_MUTATIONS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(40)
}

fn seed() -> u64 {
    std::env::var("AIMLINE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

/// The place before or after a letter.
fn place(text: &str, random: &mut Random) -> usize {
    let at = random.below(text.chars().count() + 1);
    text.char_indices().nth(at).map_or(text.len(), |(place, _)| place)
}

fn change(text: &mut String, random: &mut Random) {
    for _ in 0..1 + random.below(4) {
        let (one, other) = (place(text, random), place(text, random));
        let (from, to) = (one.min(other), one.max(other));
        let next = text[from..].chars().next().map_or(from, |letter| from + letter.len_utf8());
        match random.below(8) {
            0 => text.replace_range(from..next, ""),
            1 | 2 => text.insert_str(from, random.of(PIECES)),
            3 => text.replace_range(from..next, random.of(PIECES)),
            4 => text.replace_range(from..to, ""),
            5 => {
                let copy = text[from..to].to_owned();
                let at = place(text, random);
                text.insert_str(at, &copy);
            }
            6 => text.insert_str(from, random.of(CELLS)),
            _ if random.below(200) == 0 => *text = text.chars().take(200).collect::<String>().repeat(40 + random.below(100)),
            _ => *text = if random.below(2) == 0 { text.to_uppercase() } else { text.to_lowercase() },
        }
    }
}

/// Changes each text, and looks at what becomes of it.
fn mutate<'a>(texts: impl Iterator<Item = &'a str>, check: impl Fn(&str)) {
    let mut random = Random(seed().wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for text in texts {
        check(text);
        for _ in 0..rounds() {
            let mut text = text.to_owned();
            change(&mut text, &mut random);
            check(&text);
        }
    }
}

const ORDERS: [Order; 3] = [Order::MonthFirst, Order::DayFirst, Order::Undecided];

fn dates(text: &str) {
    for order in ORDERS {
        for kind in KINDS {
            let date = parse_date(text, *kind, order);
            assert_eq!(date, parse_date(text, *kind, order), "{text:?}");
            assert!(date.is_ok_and(|date| (1990..=2100).contains(&date.year())) || date.is_err(), "{text:?} {date:?}");
            let birth = parse_birth_date(text, *kind, order);
            assert!(birth.is_ok_and(|date| (1900..=2100).contains(&date.year())) || birth.is_err(), "{text:?} {birth:?}");
            let (mut one, mut other) = (DateVote::default(), DateVote::default());
            assert_eq!(parse_and_vote(text, *kind, order, &mut one), date, "{text:?}");
            other.see(text, *kind);
            assert_eq!(one, other, "{text:?}");
        }
        let day = parse_day_of_year(text, 2025, order);
        assert!(day.is_none_or(|day| (2025..=2026).contains(&day.year())), "{text:?} {day:?}");
    }
    assert!(parse_period(text, 2025).is_none_or(|(from, to)| from <= to), "{text:?}");
    assert_eq!(same_window(text, "Fall 2025"), same_window("Fall 2025", text), "{text:?}");
}

fn scores(text: &str) {
    for kind in KINDS {
        let scales = [Scale::Hundred, Scale::One, Scale::MostlyHundred, Scale::MostlyOne];
        let hints = [UnitHint::Plain, UnitHint::Seconds(1), UnitHint::Seconds(3600)];
        for hint in scales.map(UnitHint::Percent).into_iter().chain(hints) {
            let score = parse_score(text, *kind, hint);
            assert_eq!(score, parse_score(text, *kind, hint), "{text:?}");
            let Ok(score) = score else { continue };
            assert_eq!(score.state == State::Scored, score.value.is_some(), "{text:?}");
            assert!(score.value.is_none_or(|value| value.is_finite() && value >= 0.0), "{text:?} {score:?}");
            let whole = matches!(score.form, Form::Percent | Form::Trials);
            assert!(!whole || score.value.is_none_or(|value| value <= 100.0), "{text:?} {score:?}");
        }
        let mut vote = ScaleVote::default();
        vote.see(text, *kind);
        assert!(vote.fractions + vote.hundreds <= 1, "{text:?}");
    }
    assert!(number::parse_number(text).is_none_or(f64::is_finite), "{text:?}");
}

/// Everything else that a cell may be.
fn others(text: &str) {
    let answers = |text: &str| {
        let ids = KINDS.iter().map(|kind| id::parse_id(text, *kind)).collect::<Vec<_>>();
        let names = (name::split_name(text), name::fold(text), name::name_key(text, "Ana"), name::name_key("Lopez", text));
        let says = (yes_no::parse_yes_no(text), yes_no::parse_has_iep(text), yes_no::parse_alternate_assessment(text));
        let amounts = (amount::parse_amount(text, "weekly"), amount::parse_amount("30 minutes", text));
        let words = (parse_mark(text), prompt::parse_prompt_level(text), unit_of(text), grade::parse_grade(text));
        let lists =
            (id::is_state_id(text), id::split_form_ids(text), schedule::parse_schedule(text), progress::parse_statement(text));
        format!("{ids:?} {names:?} {says:?} {amounts:?} {words:?} {lists:?}")
    };
    assert_eq!(answers(text), answers(text));
    let folded = name::fold(text);
    assert_eq!(name::fold(&folded), folded, "{text:?}");
    for amount in [amount::parse_amount(text, "weekly"), amount::parse_amount("30 minutes", text)] {
        assert!(amount.minutes_per_period().is_none_or(|minutes| minutes.is_finite() && minutes >= 0.0), "{text:?}");
    }
}

fn sentences(text: &str) {
    let goal = parse_goal(text);
    assert_eq!(goal, parse_goal(text), "{text:?}");
    for found in [goal.baseline, goal.target].into_iter().flatten() {
        assert!(found.value.is_finite() && found.value >= 0.0, "{text:?} {found:?}");
        assert!(!found.span.of(text).is_empty(), "{text:?} {found:?}");
    }
    assert!(goal.unsure.iter().all(|span| !span.of(text).is_empty()), "{text:?}");
    let report = NaiveDate::from_ymd_opt(2025, 10, 24);
    for unit in [None, UNITS.first(), UNITS.iter().find(|unit| unit.name == "percent")] {
        let described = parse_description(text, report, unit);
        assert_eq!(format!("{described:?}"), format!("{:?}", parse_description(text, report, unit)), "{text:?}");
        for point in &described.points {
            assert!(point.value.is_finite() && point.value >= 0.0, "{text:?} {point:?}");
            assert!(point.date <= report && !point.span.of(text).is_empty(), "{text:?} {point:?}");
            assert!(!described.unsure.contains(&point.span), "{text:?} {point:?}");
        }
        assert!(described.points.len() + described.unsure.len() <= text.len(), "{text:?}");
    }
}

/// The sentences of the corpora, without what is expected of them.
fn corpus() -> impl Iterator<Item = &'static str> {
    let files = [
        include_str!("data/goals.tsv"),
        include_str!("data/goals2.tsv"),
        include_str!("data/goals3.tsv"),
        include_str!("data/descriptions.tsv"),
        include_str!("data/descriptions4.tsv"),
    ];
    files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')).filter_map(|line| line.rsplit('\t').next())
}

#[test]
fn cells_as_dates() {
    mutate(CELLS.iter().copied(), dates);
}

#[test]
fn cells_as_scores() {
    mutate(CELLS.iter().copied(), scores);
}

#[test]
fn cells_as_anything_else() {
    mutate(CELLS.iter().copied(), others);
}

#[test]
fn cells_and_sentences_in_numbers() {
    mutate(CELLS.iter().copied().chain(corpus().step_by(3)), sentences);
}
