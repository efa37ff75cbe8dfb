//! Answers to queries, from their bytes to rows.

use super::envelope::{Body, read};
use super::result::Rows;
use super::rows::{Matrix, Vector};
use crate::backend::answer::{Answer, HttpAnswer, Notice};
use crate::backend::error::BackendError;

/// Reads the answer to an instant query.
///
/// # Errors
/// When the answer is an error, is no JSON, breaks off, or holds something else than a vector. Rows with native
/// histograms are left out with a notice.
pub fn decode_vector(answer: &HttpAnswer) -> Result<Answer<Vector>, BackendError> {
    let (rows, notices) = decode(answer, "vector", |rows| rows.series.len())?;
    Ok(Answer { rows: Vector { table: rows.table, samples: rows.samples }, notices })
}

/// Reads the answer to a range query.
///
/// # Errors
/// As [`decode_vector`], with a matrix for the vector.
pub fn decode_matrix(answer: &HttpAnswer) -> Result<Answer<Matrix>, BackendError> {
    let (rows, notices) = decode(answer, "matrix", |rows| rows.samples.len())?;
    Ok(Answer { rows: Matrix { table: rows.table, series: rows.series, points: rows.points }, notices })
}

fn decode(
    answer: &HttpAnswer,
    expected: &'static str,
    misplaced: impl Fn(&Rows) -> usize,
) -> Result<(Rows, Vec<Notice>), BackendError> {
    let mut body = Body::default();
    read(answer, &mut body)?;
    if body.result_type != expected {
        return Err(BackendError::UnexpectedResult { expected, found: body.result_type });
    }
    let mut notices = body.notices;
    if body.rows.histograms > 0 {
        notices.push(Notice::HistogramsSkipped { series: body.rows.histograms });
    }
    let rows = body.rows.skipped + misplaced(&body.rows);
    if rows > 0 {
        notices.push(Notice::RowsSkipped { rows });
    }
    Ok((body.rows, notices))
}
