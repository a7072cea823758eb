//! What looks like an identity and is none: labels such as "Student 1", and ids without their leading zeros.

/// True for a label that every group has: `Student 1`, `Child A`, `S3`. It names nobody outside of its list.
pub(crate) fn is_label(name_key: &str) -> bool {
    let words: Vec<&str> = name_key.split([' ', '|', '#']).filter(|word| !word.is_empty()).collect();
    let kind = |word: &str| {
        matches!(
            word,
            "student"
                | "child"
                | "kid"
                | "pupil"
                | "learner"
                | "participant"
                | "alumno"
                | "alumna"
                | "estudiante"
                | "nino"
                | "nina"
        )
    };
    let mark = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || word.len() == 1;
    match words[..] {
        [one, other] => kind(one) && mark(other) || mark(one) && kind(other),
        [only] => ["student", "child", "kid", "s"].iter().any(|word| {
            only.strip_prefix(word).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
        }),
        _ => false,
    }
}

/// An id without its leading zeros; none when that leaves nothing, or it is no number.
pub(crate) fn bare_id(id: &str) -> Option<&str> {
    let bare = id.trim_start_matches('0');
    (!bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_nobody() {
        for (key, expected) in [
            ("1|student", true),
            ("a|student", true),
            ("student 12|", true),
            ("|s3", true),
            ("|student4", true),
            ("lopez|ana", false),
            ("student|ana", false),
            ("s|ana", false),
            ("kidd|a", false),
            ("|sam", false),
        ] {
            assert_eq!(is_label(key), expected, "{key}");
        }
    }

    #[test]
    fn ids_without_zeros() {
        for (id, bare) in [("00012345", Some("12345")), ("12345", Some("12345")), ("000", None), ("A012", None), ("", None)] {
            assert_eq!(bare_id(id), bare, "{id}");
        }
    }
}
