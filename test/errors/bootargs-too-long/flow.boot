board rpi_3_32b

script main on tftp "main.scr" {
  bootargs {
    "module00.parameter=a-value-that-is-as-long-as-others-are"
    "module01.parameter=a-value-that-is-as-long-as-others-are"
    "module02.parameter=a-value-that-is-as-long-as-others-are"
    "module03.parameter=a-value-that-is-as-long-as-others-are"
    "module04.parameter=a-value-that-is-as-long-as-others-are"
    "module05.parameter=a-value-that-is-as-long-as-others-are"
    "module06.parameter=a-value-that-is-as-long-as-others-are"
    "module07.parameter=a-value-that-is-as-long-as-others-are"
    "module08.parameter=a-value-that-is-as-long-as-others-are"
    "module09.parameter=a-value-that-is-as-long-as-others-are"
    "module10.parameter=a-value-that-is-as-long-as-others-are"
    "module11.parameter=a-value-that-is-as-long-as-others-are"
    "module12.parameter=a-value-that-is-as-long-as-others-are"
    "module13.parameter=a-value-that-is-as-long-as-others-are"
    "module14.parameter=a-value-that-is-as-long-as-others-are"
    "module15.parameter=a-value-that-is-as-long-as-others-are"
    "module16.parameter=a-value-that-is-as-long-as-others-are"
    "module17.parameter=a-value-that-is-as-long-as-others-are"
  }
}
