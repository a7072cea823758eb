//! `aimline dictionary`, and `OUT/dictionary.csv`: every table and column.

use crate::output;
use aimline_model::schema::all_tables;

/// The dictionary as CSV with a header row.
pub(crate) fn text() -> String {
    let mut text = String::from("file,table_row,column,type,unit,pii,ceds,description\n");
    for table in all_tables() {
        let file = format!("{}/{}.parquet", table.folder, table.name);
        for column in table.columns {
            let cells = [
                file.as_str(),
                table.row,
                column.name,
                column.ty.as_str(),
                column.unit,
                column.pii.as_str(),
                column.ceds,
                column.description,
            ];
            let quoted: Vec<String> = cells.iter().map(|cell| quote(cell)).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
    }
    text
}

fn quote(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

pub(crate) fn print() -> anyhow::Result<u8> {
    output::line(text().trim_end())?;
    Ok(0)
}
