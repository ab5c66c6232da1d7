@echo off
cd /d "%~dp0"
if exist "python\pythonw.exe" (
  start "" "python\pythonw.exe" "start.py"
  exit /b
)
where pyw >nul 2>nul
if %errorlevel%==0 (
  start "" pyw -@PYTHON@ "start.py"
  exit /b
)
echo 没有找到 Python @PYTHON@。请用带 Python 的那个安装包，或先装 Python @PYTHON@。
pause
