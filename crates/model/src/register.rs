//! The rows of the key register, which is kept beside the dataset and holds what identifies a child.

use crate::schema::tables;

tables! {
    /// One identity of a key.
    KeyEntry ".aimline/keys" / "keys", "an identity and its key" {
        key: String, Text, Indirect, "", "", "Key.";
        identity_kind: String, Text, None, "", "", "What kind of identity it is.";
        scope: String, Text, Indirect, "", "", "Within what it counts: a district, a student, a plan.";
        identity: String, Text, Direct, "", "", "The normalized identity.";
        alias_of: Option<String>, Text, Indirect, "", "", "The key that took this one's place in a merge.";
        generation: i64, Int, None, "", "", "Run in which it was entered.";
    }
    /// A key that gave way to another.
    KeyHistory ".aimline" / "key_history", "a key that was merged into another" {
        key: String, Text, Indirect, "", "", "The key that is no more.";
        into_key: String, Text, Indirect, "", "", "The key that took its place; empty when nothing stands for it any more.";
        generation: i64, Int, None, "", "", "Run in which it happened.";
    }
}
