//! `aimline check FILES`: all that `run` does up to the dataset, in a folder that is thrown away.

use crate::args::CheckArgs;
use crate::output::{self, count, plural};
use crate::{mapping, messages, scratch};

pub(crate) fn check(args: &CheckArgs) -> anyhow::Result<u8> {
    let config = scratch::config(&args.files, args.common.config.as_deref())?;
    let dataset = scratch::build(&args.files, &config, &args.common, args.explain_mapping)?;
    for sheet in &dataset.sheets {
        output::line(&mapping::text(sheet, &dataset.sources))?;
    }
    messages::print(&dataset, true, &|path| scratch::typed(&args.files, path))?;
    for source in &dataset.sources {
        let reader = match (&source.importer, &source.code) {
            (_, Some(code)) => format!("not read ({code})"),
            (Some(importer), None) => format!("read by {importer}"),
            (None, None) => "not read".to_owned(),
        };
        let n = |number: i64| count(number.unsigned_abs());
        output::line(&format!(
            "{}: {reader}; {} = {} accepted + {} set aside + {} already known + {} skipped",
            source.path,
            plural(source.read.unsigned_abs(), "item", "items"),
            n(source.accepted),
            n(source.quarantined),
            n(source.duplicate),
            n(source.skipped)
        ))?;
    }
    let needs = messages::needs_a_person(&dataset);
    if !needs {
        output::line("No problems found.")?;
    }
    output::line(&messages::sum(&dataset.totals, dataset.sources.len(), dataset.match_rate))?;
    output::line("Nothing was written.")?;
    Ok(u8::from(needs))
}
