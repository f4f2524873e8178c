"""Text processing: normalisation, language detection, courtesies around questions, comparison of wordings."""
