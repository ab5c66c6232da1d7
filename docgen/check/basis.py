"""What several rules rest on."""

FORM_BASIS = "国办公开办函〔2021〕30号"
