export type WavShape = { tag: number; bits: number; channels: number; sampleRate: number; extensible?: boolean; list?: boolean; dataSize?: number };

/** A WAV file around ready-made sample bytes. */
export function wavBytes(shape: WavShape, data: Uint8Array): Uint8Array {
  const format = Buffer.alloc(shape.extensible ? 40 : 16);
  format.writeUInt16LE(shape.extensible ? 0xfffe : shape.tag, 0);
  format.writeUInt16LE(shape.channels, 2);
  format.writeUInt32LE(shape.sampleRate, 4);
  format.writeUInt16LE((shape.channels * shape.bits) / 8, 12);
  format.writeUInt16LE(shape.bits, 14);
  if (shape.extensible) format.writeUInt16LE(shape.tag, 24);
  const chunks = [chunk("fmt ", format)];
  if (shape.list) chunks.push(chunk("LIST", Buffer.from("INFOIABCx")));
  chunks.push(chunk("data", Buffer.from(data), shape.dataSize));
  return new Uint8Array(Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVE", "latin1"), ...chunks]));
}

function chunk(id: string, body: Buffer, size = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, "latin1");
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}
