package io.github.costwise.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * Buffers outside the heap for one run of a model at a time. They grow to the largest run
 * and are used again.
 */
final class Workspace {

	private LongBuffer ids = longs(0);

	private LongBuffer mask = longs(0);

	private LongBuffer types = longs(0);

	private FloatBuffer output = floats(0);

	/** Pads the rows to one width; the types stay zero. */
	void load(long[][] rows, int width) {
		int size = rows.length * width;
		if (this.ids.capacity() < size) {
			this.ids = longs(size);
			this.mask = longs(size);
			this.types = longs(size);
		}
		for (int row = 0; row < rows.length; row++) {
			fill(rows[row], row * width, width);
		}
		this.ids.position(0).limit(size);
		this.mask.position(0).limit(size);
		this.types.position(0).limit(size);
	}

	private void fill(long[] row, int from, int width) {
		this.ids.limit(from + width).position(from);
		this.ids.put(row);
		this.mask.limit(from + width);
		for (int i = 0; i < width; i++) {
			boolean real = i < row.length;
			this.mask.put(from + i, real ? 1 : 0);
			if (!real) {
				this.ids.put(from + i, 0);
			}
		}
	}

	LongBuffer ids() {
		return this.ids;
	}

	LongBuffer mask() {
		return this.mask;
	}

	LongBuffer types() {
		return this.types;
	}

	FloatBuffer output(int size) {
		if (this.output.capacity() < size) {
			this.output = floats(size);
		}
		return this.output.position(0).limit(size);
	}

	private static LongBuffer longs(int size) {
		return ByteBuffer.allocateDirect(size * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
	}

	private static FloatBuffer floats(int size) {
		return ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
	}

}
