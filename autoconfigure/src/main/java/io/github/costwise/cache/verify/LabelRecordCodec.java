package io.github.costwise.cache.verify;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

import io.github.costwise.cache.verify.LabelRecord.Repeat;

/** Turns records into bytes and back. */
final class LabelRecordCodec {

	private static final byte FORMAT = 1;

	private static final int FIXED = 1 + 4 + 4 + 4 + 4 + 4 + 1 + 3 * 4;

	private LabelRecordCodec() {
	}

	static byte[] write(LabelRecord record) {
		int size = FIXED + Float.BYTES * (record.passed().length + record.features().length)
				+ Long.BYTES * record.groups().length;
		ByteBuffer out = ByteBuffer.allocate(size)
			.put(FORMAT)
			.putInt(FeatureVector.VERSION)
			.putFloat(record.probability())
			.putFloat(record.importance())
			.putInt(record.guards())
			.putInt(record.equal())
			.put((byte) record.repeat().ordinal());
		put(out, record.passed());
		put(out, record.features());
		out.putInt(record.groups().length);
		for (long group : record.groups()) {
			out.putLong(group);
		}
		return out.array();
	}

	static LabelRecord read(byte[] bytes) {
		try {
			ByteBuffer in = ByteBuffer.wrap(bytes);
			if (in.get() != FORMAT) {
				throw new IllegalArgumentException("A label record of another format");
			}
			boolean known = in.getInt() == FeatureVector.VERSION;
			float probability = in.getFloat();
			float importance = in.getFloat();
			int guards = in.getInt();
			int equal = in.getInt();
			Repeat repeat = Repeat.values()[in.get()];
			float[] passed = floats(in);
			float[] features = floats(in);
			return new LabelRecord(passed, known ? features : new float[0], probability, importance, guards, longs(in),
					equal, repeat);
		}
		catch (BufferUnderflowException | ArrayIndexOutOfBoundsException | NegativeArraySizeException ex) {
			throw new IllegalArgumentException("Not a label record of " + bytes.length + " bytes", ex);
		}
	}

	private static void put(ByteBuffer out, float[] numbers) {
		out.putInt(numbers.length);
		for (float number : numbers) {
			out.putFloat(number);
		}
	}

	private static float[] floats(ByteBuffer in) {
		float[] numbers = new float[count(in, Float.BYTES)];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = in.getFloat();
		}
		return numbers;
	}

	private static long[] longs(ByteBuffer in) {
		long[] numbers = new long[count(in, Long.BYTES)];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = in.getLong();
		}
		return numbers;
	}

	private static int count(ByteBuffer in, int bytes) {
		int count = in.getInt();
		if (count < 0 || count > in.remaining() / bytes) {
			throw new BufferUnderflowException();
		}
		return count;
	}

}
