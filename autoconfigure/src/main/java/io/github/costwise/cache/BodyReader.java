package io.github.costwise.cache;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

/** Reads what {@link BodyWriter} wrote. Not thread-safe. */
final class BodyReader {

	private static final int PAYLOAD = 0x7F;

	private static final int MORE_SHIFT = 7;

	private final byte[] bytes;

	private int at;

	BodyReader(byte[] bytes, int offset) {
		this.bytes = bytes;
		this.at = offset;
	}

	long fixed(int width) {
		long value = 0;
		for (int i = 0; i < width; i++) {
			value = (value << Byte.SIZE) | one();
		}
		return value;
	}

	byte[] raw(int length) {
		if (length < 0 || length > this.bytes.length - this.at) {
			throw damaged();
		}
		this.at += length;
		return Arrays.copyOfRange(this.bytes, this.at - length, this.at);
	}

	long number() {
		long value = 0;
		for (int shift = 0; shift < Long.SIZE; shift += MORE_SHIFT) {
			int next = one();
			value |= (long) (next & PAYLOAD) << shift;
			if (next <= PAYLOAD) {
				return value;
			}
		}
		throw damaged();
	}

	int count() {
		long number = number();
		if (number < 0 || number > this.bytes.length) {
			throw damaged();
		}
		return (int) number;
	}

	long signed() {
		long number = number();
		return (number >>> 1) ^ -(number & 1);
	}

	String text() {
		int length = count();
		if (length > this.bytes.length - this.at) {
			throw damaged();
		}
		this.at += length;
		return WholeText.decode(this.bytes, this.at - length, length);
	}

	@Nullable String optional() {
		return (number() != 0) ? text() : null;
	}

	void end() {
		if (this.at != this.bytes.length) {
			throw damaged();
		}
	}

	private int one() {
		if (this.at >= this.bytes.length) {
			throw damaged();
		}
		return this.bytes[this.at++] & 0xFF;
	}

	static CacheStoreException damaged() {
		return new CacheStoreException(StoreReason.UNREADABLE, "A cache entry is damaged", null);
	}

}
