//! Why a story could not be written.

/// Why a story could not be written.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Problem);

#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Io(std::io::Error),
    #[error("the workbook cannot be written: {0}")]
    Workbook(rust_xlsxwriter::XlsxError),
    #[error("the Parquet file cannot be written: {0}")]
    Parquet(parquet::errors::ParquetError),
}

impl Error {
    /// What went wrong with the file or pipe, if that is what went wrong.
    ///
    /// # Errors
    /// The error itself, if it is of another kind.
    pub fn into_io(self) -> Result<std::io::Error, Error> {
        match self.0 {
            Problem::Io(error) => Ok(error),
            Problem::Workbook(rust_xlsxwriter::XlsxError::IoError(error)) => Ok(error),
            Problem::Workbook(error) => Err(Error(Problem::Workbook(error))),
            Problem::Parquet(parquet::errors::ParquetError::External(error)) => match error.downcast() {
                Ok(error) => Ok(*error),
                Err(error) => Err(Error(Problem::Parquet(parquet::errors::ParquetError::External(error)))),
            },
            Problem::Parquet(error) => Err(Error(Problem::Parquet(error))),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error(Problem::Io(error))
    }
}

impl From<::csv::Error> for Error {
    fn from(error: ::csv::Error) -> Error {
        Error(Problem::Io(error.into()))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error(Problem::Io(error.into()))
    }
}

impl From<rust_xlsxwriter::XlsxError> for Error {
    fn from(error: rust_xlsxwriter::XlsxError) -> Error {
        Error(Problem::Workbook(error))
    }
}

impl From<parquet::errors::ParquetError> for Error {
    fn from(error: parquet::errors::ParquetError) -> Error {
        Error(Problem::Parquet(error))
    }
}

impl From<arrow_schema::ArrowError> for Error {
    fn from(error: arrow_schema::ArrowError) -> Error {
        Error(Problem::Parquet(error.into()))
    }
}
