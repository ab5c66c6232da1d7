#!/bin/sh
# Start the desk with the Python that was brought along, or the system's.
cd "$(dirname "$0")" || exit 1
for python in python/bin/python3 python@PYTHON@ python3; do
  if command -v "$python" >/dev/null 2>&1 &&
    "$python" -c 'import sys; sys.exit(sys.version_info[:2] != tuple(map(int, "@PYTHON@".split("."))))'; then
    exec "$python" start.py "$@"
  fi
done
echo "没有找到 Python @PYTHON@。请用带 Python 的那个包，或先装 Python @PYTHON@。" >&2
exit 1
