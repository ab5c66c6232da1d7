"""A proof: the finished document as LibreOffice prints it, compared and measured."""
