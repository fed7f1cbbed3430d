package io.github.costwise.cache.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import io.github.costwise.cache.EntryBody;

/**
 * Finds likely neighbours by the signs of their vectors: two vectors at an angle a differ
 * in about a/pi of them. Signs lie side by side in arrays and are compared 64 at a time.
 * One thread writes at a time, any number read without a lock: signs only choose which
 * entries to look at, and what is looked at is a {@link Cell}, which never changes.
 */
final class SignIndex {

	private static final int CHUNK_BITS = 10;

	private static final int CHUNK = 1 << CHUNK_BITS;

	private static final int FIRST = 4;

	private static final int GROWTH = 4;

	private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Cell[].class);

	private final int dimension;

	private final int words;

	private volatile SignBlock[] chunks = {};

	private volatile int used;

	private int[] free = {};

	private int freeCount;

	SignIndex(int dimension) {
		this.dimension = dimension;
		this.words = words(dimension);
	}

	int dimension() {
		return this.dimension;
	}

	void add(Cell cell) {
		int slot = (this.freeCount > 0) ? this.free[--this.freeCount] : this.used;
		SignBlock chunk = chunkFor(slot);
		int at = slot & (CHUNK - 1);
		cell.slot = slot;
		signsOf(cell.body, chunk.signs(), at * this.words);
		CELLS.setVolatile(chunk.cells(), at, cell);
		if (slot == this.used) {
			this.used = slot + 1;
		}
	}

	void remove(Cell cell) {
		SignBlock[] current = this.chunks;
		int slot = cell.slot;
		int at = slot & (CHUNK - 1);
		if ((slot >>> CHUNK_BITS) < current.length) {
			Cell[] cells = current[slot >>> CHUNK_BITS].cells();
			if (at < cells.length && cells[at] == cell) {
				CELLS.setVolatile(cells, at, null);
				release(slot);
			}
		}
	}

	private void release(int slot) {
		if (this.freeCount == this.free.length) {
			this.free = Arrays.copyOf(this.free, Math.max(FIRST, this.freeCount * 2));
		}
		this.free[this.freeCount++] = slot;
	}

	/**
	 * Returns the chunk of a slot. The first chunk grows with the partition, because most
	 * partitions are small; the others are made whole.
	 */
	private SignBlock chunkFor(int slot) {
		SignBlock[] current = this.chunks;
		int number = slot >>> CHUNK_BITS;
		if (number < current.length && (slot & (CHUNK - 1)) < current[number].cells().length) {
			return current[number];
		}
		SignBlock[] grown = Arrays.copyOf(current, Math.max(current.length, number + 1));
		grown[number] = (number < current.length) ? grown(current[number]) : created(number);
		this.chunks = grown;
		return grown[number];
	}

	private SignBlock created(int number) {
		int capacity = (number == 0) ? FIRST : CHUNK;
		return new SignBlock(new long[capacity * this.words], new Cell[capacity]);
	}

	private SignBlock grown(SignBlock chunk) {
		int capacity = Math.min(CHUNK, chunk.cells().length * GROWTH);
		return new SignBlock(Arrays.copyOf(chunk.signs(), capacity * this.words),
				Arrays.copyOf(chunk.cells(), capacity));
	}

	private void signsOf(byte[] body, long[] signs, int offset) {
		Arrays.fill(signs, offset, offset + this.words, 0);
		for (int i = 0; i < this.dimension; i++) {
			if (body[EntryBody.CODES + i] > 0) {
				signs[offset + (i >>> 6)] |= 1L << i;
			}
		}
	}

	/**
	 * Looks at every vector and keeps the likeliest.
	 * @param vector the vector looked for, of this index's dimension
	 * @param candidates keeps them
	 */
	void scan(float[] vector, Candidates candidates) {
		long[] signs = signsOf(vector);
		int left = this.used;
		for (SignBlock chunk : this.chunks) {
			int count = Math.min(left, chunk.cells().length);
			if (this.words == 6) {
				scanSix(chunk, count, signs, candidates);
			}
			else {
				scanAny(chunk, count, signs, candidates);
			}
			left -= CHUNK;
		}
	}

	private static void scanSix(SignBlock chunk, int count, long[] query, Candidates candidates) {
		long[] signs = chunk.signs();
		long a = query[0];
		long b = query[1];
		long c = query[2];
		long d = query[3];
		long e = query[4];
		long f = query[5];
		int limit = candidates.limit();
		for (int i = 0, at = 0; i < count; i++, at += 6) {
			int distance = Long.bitCount(a ^ signs[at]) + Long.bitCount(b ^ signs[at + 1])
					+ Long.bitCount(c ^ signs[at + 2]) + Long.bitCount(d ^ signs[at + 3])
					+ Long.bitCount(e ^ signs[at + 4]) + Long.bitCount(f ^ signs[at + 5]);
			if (distance < limit) {
				limit = offer(chunk, i, distance, candidates);
			}
		}
	}

	private void scanAny(SignBlock chunk, int count, long[] query, Candidates candidates) {
		long[] signs = chunk.signs();
		int limit = candidates.limit();
		for (int i = 0, at = 0; i < count; i++, at += this.words) {
			int distance = 0;
			for (int j = 0; j < this.words; j++) {
				distance += Long.bitCount(query[j] ^ signs[at + j]);
			}
			if (distance < limit) {
				limit = offer(chunk, i, distance, candidates);
			}
		}
	}

	private static int offer(SignBlock chunk, int at, int distance, Candidates candidates) {
		Cell cell = (Cell) CELLS.getAcquire(chunk.cells(), at);
		if (cell != null) {
			candidates.add(cell, distance);
		}
		return candidates.limit();
	}

	private long[] signsOf(float[] vector) {
		long[] signs = new long[this.words];
		for (int i = 0; i < this.dimension; i++) {
			if (vector[i] > 0) {
				signs[i >>> 6] |= 1L << i;
			}
		}
		return signs;
	}

	private static int words(int dimension) {
		return (dimension + Long.SIZE - 1) / Long.SIZE;
	}

	/**
	 * Up to {@value #CHUNK} vectors.
	 *
	 * @param signs their signs, one after another
	 * @param cells their entries; {@code null} where a slot is free
	 */
	private record SignBlock(long[] signs, Cell[] cells) {

	}

}
