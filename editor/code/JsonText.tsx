import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { monaco } from "./monaco.ts";

/** A JSON editor. The value is put in when it changes from outside; typing is reported. */
export default function JsonText({
  value,
  onChange,
  readOnly = false,
  label,
}: {
  value: string;
  onChange?: (value: string) => void;
  readOnly?: boolean;
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const told = useRef(onChange);
  told.current = onChange;
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    const own = monaco.editor.create(box.current!, {
      value,
      language: "json",
      readOnly,
      ariaLabel: label,
      automaticLayout: true,
      minimap: { enabled: false },
      fontSize: 12,
      tabSize: 2,
      scrollBeyondLastLine: false,
      wordWrap: "on",
      theme: scheme === "dark" ? "vs-dark" : "vs",
      stickyScroll: { enabled: false },
    });
    editor.current = own;
    own.onDidChangeModelContent(() => told.current?.(own.getValue()));
    return () => {
      own.getModel()?.dispose();
      own.dispose();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- made once; changes below
  }, []);
  useEffect(() => monaco.editor.setTheme(scheme === "dark" ? "vs-dark" : "vs"), [scheme]);
  useEffect(() => {
    if (editor.current && editor.current.getValue() !== value) editor.current.setValue(value);
  }, [value]);
  return <div ref={box} style={{ height: "100%" }} />;
}
