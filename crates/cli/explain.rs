//! `aimline explain CODE`: what a diagnostic means.

use crate::args::ExplainArgs;
use crate::output;
use aimline_model::codes::Code;
use anyhow::bail;

pub(crate) fn explain(args: &ExplainArgs) -> anyhow::Result<u8> {
    let Some(code) = Code::of(args.code.trim()) else {
        let first = args.code.trim().to_uppercase().chars().next().unwrap_or(' ');
        let near: Vec<&str> = Code::ALL.iter().map(|code| code.id()).filter(|id| id.starts_with(first)).collect();
        if near.is_empty() {
            let all: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
            bail!("there is no code {}; the codes are {}", args.code, all.join(" "));
        }
        bail!("there is no code {}; did you mean one of {}?", args.code, near.join(" "));
    };
    output::line(&format!("{} {}: {}", code.id(), code.severity().as_str(), code.title()))?;
    output::line(&format!("\n{}\n\nWhat to do: {}", code.meaning(), code.help()))?;
    Ok(0)
}
