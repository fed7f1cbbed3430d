package io.github.costwise.cache.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Records that were appended together, as they stand in the file.
 *
 * @param learningGroup the digest of their learning group
 * @param position the position before the first of them
 * @param records the records
 */
record LabelFrame(String learningGroup, long position, List<byte[]> records) {

	static LabelFrame read(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		String group = new String(take(buffer), StandardCharsets.US_ASCII);
		long position = buffer.getLong();
		List<byte[]> records = new ArrayList<>();
		while (buffer.hasRemaining()) {
			records.add(take(buffer));
		}
		return new LabelFrame(group, position, records);
	}

	private static byte[] take(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.getInt()];
		buffer.get(bytes);
		return bytes;
	}

	byte[] toBytes() {
		byte[] group = this.learningGroup.getBytes(StandardCharsets.US_ASCII);
		int size = this.records.stream().mapToInt((record) -> Integer.BYTES + record.length).sum();
		ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + group.length + Long.BYTES + size);
		buffer.putInt(group.length).put(group).putLong(this.position);
		this.records.forEach((record) -> buffer.putInt(record.length).put(record));
		return buffer.array();
	}

}
