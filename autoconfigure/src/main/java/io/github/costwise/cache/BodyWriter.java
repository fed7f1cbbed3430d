package io.github.costwise.cache;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Writes numbers and texts compactly. Not thread-safe. */
final class BodyWriter {

	private static final int PAYLOAD = 0x7F;

	private static final int MORE = 0x80;

	private static final int MORE_SHIFT = 7;

	private byte[] bytes;

	private int size;

	BodyWriter(int expected) {
		this.bytes = new byte[expected];
	}

	BodyWriter fixed(long value, int width) {
		for (int i = width - 1; i >= 0; i--) {
			one((int) (value >>> (Byte.SIZE * i)));
		}
		return this;
	}

	BodyWriter raw(byte[] added) {
		reserve(added.length);
		System.arraycopy(added, 0, this.bytes, this.size, added.length);
		this.size += added.length;
		return this;
	}

	BodyWriter number(long value) {
		long rest = value;
		while ((rest & ~PAYLOAD) != 0) {
			one((int) (rest & PAYLOAD) | MORE);
			rest >>>= MORE_SHIFT;
		}
		one((int) rest);
		return this;
	}

	BodyWriter signed(long value) {
		return number((value << 1) ^ (value >> (Long.SIZE - 1)));
	}

	BodyWriter text(String text) {
		byte[] encoded = WholeText.encode(text);
		return number(encoded.length).raw(encoded);
	}

	BodyWriter optional(@Nullable String text) {
		return (text != null) ? number(1).text(text) : number(0);
	}

	byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	private void one(int value) {
		reserve(1);
		this.bytes[this.size++] = (byte) value;
	}

	private void reserve(int more) {
		if (this.size + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + more, this.bytes.length * 2));
		}
	}

}
