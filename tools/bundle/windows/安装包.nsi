; makensis 安装包.nsi makes a setup for one user: no administrator is needed.
Unicode true
Name "年报助手"
OutFile "年报助手-安装.exe"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\年报助手"
SetCompressor /SOLID lzma
Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\python"
  File /r /x "*.nsi" /x "年报助手-安装.exe" "*.*"
  CreateShortCut "$DESKTOP\年报助手.lnk" "$INSTDIR\python\pythonw.exe" '"$INSTDIR\start.py"'
  CreateDirectory "$SMPROGRAMS\年报助手"
  CreateShortCut "$SMPROGRAMS\年报助手\年报助手.lnk" "$INSTDIR\python\pythonw.exe" '"$INSTDIR\start.py"'
  WriteUninstaller "$INSTDIR\卸载.exe"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall\NianbaoZhushou" "DisplayName" "年报助手"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall\NianbaoZhushou" "UninstallString" '"$INSTDIR\卸载.exe"'
SectionEnd

Section "Uninstall"
  Delete "$DESKTOP\年报助手.lnk"
  RMDir /r "$SMPROGRAMS\年报助手"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\python"
  Delete "$INSTDIR\*.*"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall\NianbaoZhushou"
SectionEnd
