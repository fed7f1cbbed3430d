package io.github.costwise.accounting.wire;

import java.util.Arrays;

/** Bytes up to a number; what comes behind it is counted and not kept. */
final class KeptBytes {

	private static final int FIRST = 64;

	private final int most;

	private byte[] bytes;

	private int length;

	KeptBytes(int most) {
		this.most = most;
		this.bytes = new byte[Math.min(most, FIRST)];
	}

	void add(byte next) {
		if (this.length < this.most) {
			if (this.length == this.bytes.length) {
				this.bytes = Arrays.copyOf(this.bytes, Math.min(this.most, this.length * 2));
			}
			this.bytes[this.length] = next;
		}
		this.length = Math.min(this.length + 1, this.most + 1);
	}

	void clear() {
		this.length = 0;
	}

	/** Whether these are the bytes, and nothing was left out. */
	boolean isSame(byte[] others) {
		return isWhole() && this.length == others.length
				&& Arrays.equals(this.bytes, 0, this.length, others, 0, others.length);
	}

	/** Whether nothing had to be left out. */
	boolean isWhole() {
		return this.length <= this.most;
	}

	byte[] copy() {
		return Arrays.copyOf(this.bytes, length());
	}

	byte[] bytes() {
		return this.bytes;
	}

	int length() {
		return Math.min(this.length, this.most);
	}

}
