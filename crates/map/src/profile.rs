//! Mapping profiles: one TOML file that says which sheets it is for, how to read them, and what their columns mean.

use std::collections::BTreeMap;

use aimline_model::staged::Field;
use serde::Deserialize;

use crate::Sheet;
use crate::grid::HeadRow;
use crate::plan::Layout;
use crate::title::plain;

/// Why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// Not TOML, or a key that is not known, or a value of the wrong type.
    #[error("line {line}: {message}")]
    Toml {
        /// Line of the profile; 0 when it is not known.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A column is mapped to something that is no field.
    #[error("line {line}: \"{name}\" is no field; {suggestion}")]
    Field {
        /// Line of the profile; 0 when it is not known.
        line: usize,
        /// The name that was given.
        name: String,
        /// The nearest field, or where to find them.
        suggestion: String,
    },
    /// Two columns are mapped to one field.
    #[error("line {line}: \"{first}\" and \"{second}\" are both mapped to {field}")]
    Twice {
        /// Line of the second one; 0 when it is not known.
        line: usize,
        /// The field.
        field: &'static str,
        /// One title.
        first: String,
        /// The other title.
        second: String,
    },
}

impl ProfileError {
    /// Line of the profile; 0 when it is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        match self {
            Self::Toml { line, .. } | Self::Field { line, .. } | Self::Twice { line, .. } => *line,
        }
    }
}

/// The order of the parts of dates that are written with numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
    /// Year, month, day.
    Ymd,
}

/// What the core does with the sheets of a profile.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapProfile {
    /// Titles with their fields; none for a column that is not used. `column C` names a column by its letters.
    pub columns: Vec<(String, Option<Field>)>,
    /// Row of the titles.
    pub header_row: Option<u64>,
    /// How the table is laid out.
    pub layout: Option<Layout>,
    /// The order of the parts of its dates.
    pub date_order: Option<DateOrder>,
    /// Units by title; `*` is for all scores.
    pub units: BTreeMap<String, String>,
    /// What holds for all rows, where no column says it.
    pub constants: Vec<(Field, String)>,
}

/// A mapping profile.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// What the files are, for people.
    pub title: String,
    /// Where the titles of its columns are known from.
    pub source: String,
    /// False when nobody has tried it on a true file, or on its public description.
    pub verified: bool,
    /// It came with the program, and gives way to a profile of the user's own.
    pub shipped: bool,
    /// Base name of the files, with `*` and `?`; none fits each.
    pub file: Option<String>,
    /// Name of the sheets, with `*` and `?`; none fits each.
    pub sheet: Option<String>,
    /// Titles that must all stand in one of the first rows.
    pub headers: Vec<String>,
    /// Options for the importer.
    pub read: BTreeMap<String, String>,
    /// What the columns mean.
    pub map: MapProfile,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    about: WrittenAbout,
    #[serde(rename = "match")]
    fits: WrittenMatch,
    read: BTreeMap<String, toml::Value>,
    map: WrittenMap,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenAbout {
    title: String,
    source: String,
    verified: bool,
}

impl Default for WrittenAbout {
    fn default() -> Self {
        Self { title: String::new(), source: String::new(), verified: true }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenMatch {
    file: Option<String>,
    sheet: Option<String>,
    headers: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenMap {
    columns: BTreeMap<String, toml::Spanned<String>>,
    header_row: Option<u64>,
    layout: Option<Layout>,
    date_order: Option<DateOrder>,
    units: BTreeMap<String, String>,
    all_rows: BTreeMap<toml::Spanned<String>, String>,
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// When it is not TOML or says something that cannot be done.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count() + 1);
        let written: Written = toml::from_str(text).map_err(|error| ProfileError::Toml {
            line: error.span().map_or(0, |span| line(span.start)),
            message: error.message().to_owned(),
        })?;
        let mut columns: Vec<(String, Option<Field>)> = Vec::new();
        for (title, name) in written.map.columns {
            let at = line(name.span().start);
            let name = name.into_inner();
            let field = match name.as_str() {
                "unused" | "" => None,
                known => Some(Field::of(known).ok_or_else(|| ProfileError::Field {
                    line: at,
                    name: known.to_owned(),
                    suggestion: suggestion(known),
                })?),
            };
            if let (Some(field), Some((first, _))) = (field, columns.iter().find(|(_, other)| field.is_some() && *other == field))
            {
                return Err(ProfileError::Twice { line: at, field: field.name(), first: first.clone(), second: title });
            }
            columns.push((title, field));
        }
        let mut constants: Vec<(Field, String)> = Vec::new();
        for (name, text) in written.map.all_rows {
            let at = line(name.span().start);
            let name = name.into_inner();
            let field = Field::of(&name).ok_or_else(|| ProfileError::Field {
                line: at,
                name: name.clone(),
                suggestion: suggestion(&name),
            })?;
            if let Some((title, _)) = columns.iter().find(|(_, other)| *other == Some(field)) {
                let (first, second) = (title.clone(), format!("all rows: {text}"));
                return Err(ProfileError::Twice { line: at, field: field.name(), first, second });
            }
            constants.push((field, text));
        }
        if written.map.header_row == Some(0) {
            return Err(ProfileError::Toml { line: 0, message: "header_row: rows are counted from 1".to_owned() });
        }
        let read = written
            .read
            .into_iter()
            .map(|(key, value)| match value {
                toml::Value::String(text) => Ok((key, text)),
                toml::Value::Integer(_) | toml::Value::Boolean(_) | toml::Value::Float(_) => Ok((key, value.to_string())),
                _ => Err(ProfileError::Toml {
                    line: 0,
                    message: format!("[read] {key}: a text, a number or true or false is expected"),
                }),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            title: written.about.title,
            source: written.about.source,
            verified: written.about.verified,
            shipped: false,
            file: written.fits.file,
            sheet: written.fits.sheet,
            headers: written.fits.headers,
            read,
            map: MapProfile {
                columns,
                header_row: written.map.header_row,
                layout: written.map.layout,
                date_order: written.map.date_order,
                units: written.map.units,
                constants,
            },
        })
    }

    /// True when the profile is for files of this name; its `[read]` part applies to them.
    #[must_use]
    pub fn fits_file(&self, name: &str) -> bool {
        self.file.as_deref().is_none_or(|pattern| glob(pattern, name))
    }

    /// True when the profile is for this sheet.
    #[must_use]
    pub fn fits(&self, sheet: &Sheet<'_>, head: &[HeadRow]) -> bool {
        self.fits_file(sheet.file)
            && self.sheet.as_deref().is_none_or(|pattern| glob(pattern, sheet.name))
            && (self.headers.is_empty()
                || head.iter().any(|row| {
                    let titles: Vec<String> = row.filled().map(|(_, text)| plain(text)).collect();
                    self.headers.iter().all(|header| titles.contains(&plain(header)))
                }))
    }
}

fn suggestion(name: &str) -> String {
    let nearest = Field::ALL
        .iter()
        .map(|field| (strsim::jaro_winkler(field.name(), &name.to_lowercase().replace([' ', '-'], "_")), field.name()))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((score, nearest)) if score >= 0.8 => format!("is \"{nearest}\" meant?"),
        _ => "the columns of the staged vocabulary are allowed, and \"unused\"".to_owned(),
    }
}

/// `*` stands for any letters, `?` for one; large and small letters are the same.
fn glob(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == '?' || pattern[p] == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((star_p, star_t)) = star {
            p = star_p + 1;
            t = star_t + 1;
            star = Some((star_p, t));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|letter| *letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text, fits) in [
            ("*.csv", "Fall.CSV", true),
            ("*", "", true),
            ("?", "", false),
            ("goal ?", "Goal 2", true),
            ("a*b*c", "aXXbYYc", true),
            ("a*b*c", "aXXbYY", false),
            ("", "x", false),
        ] {
            assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn a_profile_is_read() {
        let profile = Profile::parse(
            "[match]\nfile = '*.csv'\nsheet = 'Fall*'\nheaders = ['Kid', 'Pts']\n[read]\nrows = 'a/b'\nskip = 3\n[map]\nheader_row = 7\n\
             layout = 'long'\ndate_order = 'dmy'\n[map.columns]\nKid = 'student_id'\nPts = 'score'\nJunk = 'unused'\n[map.units]\nPts = 'wcpm'\n",
        )
        .expect("a good profile");
        assert_eq!(profile.read.get("skip").map(String::as_str), Some("3"));
        assert_eq!(profile.map.header_row, Some(7));
        assert_eq!(profile.map.layout, Some(Layout::Long));
        assert_eq!(profile.map.date_order, Some(DateOrder::Dmy));
        assert!(profile.map.columns.contains(&("Kid".to_owned(), Some(Field::StudentId))));
        assert!(profile.map.columns.contains(&("Junk".to_owned(), None)));
        let head = [HeadRow { number: 1, kinds: vec![], cells: vec![Some("PTS".to_owned()), Some("kid".to_owned())] }];
        assert!(profile.fits(&Sheet { file: "x.csv", name: "Fall 2025" }, &head));
        assert!(!profile.fits(&Sheet { file: "x.csv", name: "Spring" }, &head));
        assert!(!profile.fits(&Sheet { file: "x.csv", name: "Fall" }, &head[..0]));
        assert_eq!(Profile::parse(""), Ok(Profile { verified: true, ..Profile::default() }));
        let about = Profile::parse("[about]\ntitle = 'Tally'\nsource = 'a guide'\nverified = false\n").expect("a good profile");
        assert_eq!((about.title.as_str(), about.source.as_str(), about.verified), ("Tally", "a guide", false));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (text, line, words) in [
            ("[match]\nfile = 3\n", 2, "string"),
            ("[map]\n\nheader = 3\n", 3, "header"),
            ("[map]\nlayout = 'tall'\n", 2, "tall"),
            ("[map\n", 1, ""),
            ("[map.columns]\nA = 'studnet_id'\n", 2, "is \"student_id\" meant?"),
            ("[map.columns]\nA = 'zzz'\n", 2, "staged vocabulary"),
            ("[map.columns]\nA = 'score'\nB = 'score'\n", 3, "both mapped to score"),
            ("[map]\nheader_row = 0\n", 0, "from 1"),
            ("[read]\na = []\n", 0, "[read] a"),
        ] {
            let error = Profile::parse(text).expect_err(text);
            assert_eq!(error.line(), line, "{text} {error}");
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
