//! The five counts of a source. read = accepted + quarantined + duplicate + skipped, always.

/// Counts of one source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SourceTally {
    /// Items that entered the dataset.
    pub accepted: u64,
    /// Items set aside.
    pub quarantined: u64,
    /// Items already known.
    pub duplicate: u64,
    /// Items that are no records of a child with an IEP.
    pub skipped: u64,
    /// Accepted items without a student or goal.
    pub unmatched: u64,
    /// Accepted items that another source contradicts.
    pub conflicts: u64,
}

impl SourceTally {
    /// Items read.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.accepted + self.quarantined + self.duplicate + self.skipped
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: &Self) {
        self.accepted += other.accepted;
        self.quarantined += other.quarantined;
        self.duplicate += other.duplicate;
        self.skipped += other.skipped;
        self.unmatched += other.unmatched;
        self.conflicts += other.conflicts;
    }
}

/// Counts of a run.
pub type Totals = SourceTally;
