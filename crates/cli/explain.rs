//! `aimline explain CODE`: what a diagnostic means. The key of a goal goes to `explain_goal`.

use crate::args::ExplainArgs;
use crate::output;
use aimline_model::codes::Code;
use anyhow::bail;

pub(crate) fn explain(args: &ExplainArgs) -> anyhow::Result<u8> {
    let what = args.code.trim();
    if what.len() >= 9 && what.starts_with(['G', 'g']) && what[1..].bytes().all(|byte| byte.is_ascii_digit()) {
        return crate::explain_goal::explain(&what.to_uppercase(), args);
    }
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
