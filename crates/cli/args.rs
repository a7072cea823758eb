//! What can be typed.

use chrono::NaiveDate;
use std::path::PathBuf;

/// Reads the progress records of children with an IEP in many shapes; writes one dataset, trend lines and
/// stalled-progress flags.
#[derive(Debug, clap::Parser)]
#[command(name = "aimline", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Reads a folder of records and writes the dataset, the page and the workbooks
    Run(RunArgs),
    /// Says what `run` would do with some files, and writes nothing
    Check(CheckArgs),
    /// Writes, tries and lists mapping profiles: what the columns of a sheet mean
    Profile(ProfileArgs),
    /// Says what a code means and what to do, or how the verdict on a goal came about
    Explain(ExplainArgs),
    /// Writes what the district's goals say of one another, for another district or the next term; no child's data
    Priors(PriorsArgs),
    /// Shows which importers are there, and where they were looked for
    Plugins(PluginsArgs),
    /// Prints the data dictionary as CSV: every table and column
    Dictionary,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// Folder with the files to read; the folder `aimline` in it is configuration
    pub inbox: PathBuf,
    /// Folder to write to; it remembers what was read before
    #[arg(long)]
    pub out: PathBuf,
    /// Day up to which data counts (2026-03-06); default: the newest day in the data that does not stand alone
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
    /// How far to go
    #[arg(long, value_enum, default_value = "report")]
    pub until: Until,
    /// End with status 1 when something needs a person
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Until {
    /// The dataset only
    Dataset,
    /// The dataset and the analysis
    Analysis,
    /// Everything
    Report,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Files or folders to look at
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Say for each sheet where every cell went: the layout, the columns, what was skipped
    #[arg(long)]
    pub explain_mapping: bool,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ProfileArgs {
    #[command(subcommand)]
    pub command: ProfileCommand,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum ProfileCommand {
    /// Writes a profile for a file, to be corrected: what is sure, what is not, what is not used
    Suggest(SuggestArgs),
    /// Tries a profile on files: whether it fits, what it maps, the first rows as records
    Test(TestArgs),
    /// Lists the profiles of the inbox, and those that come with aimline
    List(ListArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct SuggestArgs {
    /// The file
    pub file: PathBuf,
    /// Name of the sheet; default: each that stops, or else each
    #[arg(long)]
    pub sheet: Option<String>,
    /// Write it into the folder aimline/profiles of this inbox instead of printing it
    #[arg(long, value_name = "INBOX")]
    pub write: Option<PathBuf>,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// The profile
    pub profile: PathBuf,
    /// Files to try it on
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Folder with the files to read, whose own profiles are listed too
    pub inbox: Option<PathBuf>,
    /// Folder with the configuration; default: `aimline` in the inbox
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CommonArgs {
    /// Folder with the configuration; default: `aimline` in the inbox
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// Folder with importers, to be looked in first; may be repeated
    #[arg(long, value_name = "DIR")]
    pub plugin_dir: Vec<PathBuf>,
    /// Threads, and files read at a time; default: one a processor
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Memory that an importer may use, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    pub worker_memory: u64,
    /// Seconds that an importer may take without getting on
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub worker_idle: u64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A code such as S002, or the key of a goal such as G00000062
    pub code: String,
    /// Output folder of the run that judged the goal
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Folder with the configuration of that run; default: none
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PriorsArgs {
    /// The CSV to write
    pub file: PathBuf,
    /// Output folder of the run whose goals are meant
    #[arg(long)]
    pub out: PathBuf,
    /// Folder with the configuration of that run; default: none
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PluginsArgs {
    #[command(subcommand)]
    pub command: PluginsCommand,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum PluginsCommand {
    /// Lists the importers with what they read, and each place that was tried
    List {
        /// Folder with importers, to be looked in first; may be repeated
        #[arg(long, value_name = "DIR")]
        plugin_dir: Vec<PathBuf>,
    },
}
