package io.github.costwise.cache.memory;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * An append-only file of frames: length, CRC-32, bytes. A frame cut off at the end is
 * what a killed process leaves, and is dropped. Not thread-safe.
 */
final class CacheFile implements AutoCloseable {

	static final int HEAD = Integer.BYTES + Integer.BYTES;

	/** Begins a file of entries. */
	static final long ENTRIES = 0x43574341_43484531L;

	/** Begins a file of labels. */
	static final long LABELS = 0x43574c41_42454c31L;

	private static final int MAX_FRAME = 256 << 20;

	private static final int BUFFER = 1 << 16;

	private final FileChannel channel;

	private final long magic;

	private long end;

	private CacheFile(FileChannel channel, long magic) {
		this.channel = channel;
		this.magic = magic;
	}

	/**
	 * Opens a file, or makes an empty one.
	 * @param path the file
	 * @param magic how a file of this kind begins
	 * @return the file, at its end
	 * @throws IOException if it cannot be opened, or is no file of this kind
	 */
	static CacheFile open(Path path, long magic) throws IOException {
		FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		CacheFile file = new CacheFile(channel, magic);
		try {
			file.begin(path);
			return file;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private void begin(Path path) throws IOException {
		this.end = this.channel.size();
		if (this.end < Long.BYTES) {
			clear();
			return;
		}
		ByteBuffer head = ByteBuffer.allocate(Long.BYTES);
		this.channel.read(head, 0);
		if (head.getLong(0) != this.magic) {
			throw new IOException(path + " is not a cache file that this version of Costwise reads");
		}
	}

	/**
	 * Reads all frames that are not damaged and drops what was cut off.
	 * @param consumer takes the bytes of each
	 * @return how many damaged frames there are before the end of the file
	 * @throws IOException if the file cannot be read
	 */
	int replay(Consumer<byte[]> consumer) throws IOException {
		this.channel.position(Long.BYTES);
		DataInputStream in = new DataInputStream(
				new BufferedInputStream(Channels.newInputStream(this.channel), BUFFER));
		long size = this.channel.size();
		long at = Long.BYTES;
		int damaged = 0;
		while (size - at >= HEAD) {
			int length = in.readInt();
			int crc = in.readInt();
			if (length <= 0 || length > MAX_FRAME || length > size - at - HEAD) {
				break;
			}
			byte[] frame = read(in, length);
			boolean intact = crc(frame) == crc;
			if (!intact && at + HEAD + length == size) {
				break;
			}
			if (intact) {
				consumer.accept(frame);
			}
			damaged += intact ? 0 : 1;
			at += HEAD + length;
		}
		this.channel.truncate(at);
		this.end = at;
		return damaged;
	}

	private static byte[] read(DataInputStream in, int length) throws IOException {
		byte[] frame = in.readNBytes(length);
		if (frame.length < length) {
			throw new EOFException("The cache file ends early");
		}
		return frame;
	}

	/**
	 * Appends a frame. When it cannot be written whole, the file is as it was.
	 * @param frame the bytes
	 * @throws IOException if it cannot be written
	 */
	void append(byte[] frame) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(HEAD + frame.length);
		bytes.putInt(frame.length).putInt(crc(frame)).put(frame).flip();
		write(bytes);
	}

	private void write(ByteBuffer bytes) throws IOException {
		long at = this.end;
		try {
			while (bytes.hasRemaining()) {
				at += this.channel.write(bytes, at);
			}
		}
		catch (IOException ex) {
			this.channel.truncate(this.end);
			throw ex;
		}
		this.end = at;
	}

	/**
	 * Appends everything that another file holds from a place on.
	 * @param other the file
	 * @param from the place
	 * @throws IOException if a file cannot be read or written
	 */
	void appendFrom(CacheFile other, long from) throws IOException {
		long at = from;
		while (at < other.end) {
			this.channel.position(this.end);
			long moved = other.channel.transferTo(at, other.end - at, this.channel);
			at += moved;
			this.end += moved;
		}
	}

	/** Forgets everything. */
	void clear() throws IOException {
		this.channel.truncate(0);
		this.end = 0;
		write(ByteBuffer.allocate(Long.BYTES).putLong(this.magic).flip());
	}

	/** Waits until everything is on the disk. */
	void force() throws IOException {
		this.channel.force(false);
	}

	/**
	 * Returns where the next frame begins.
	 * @return bytes from the begin of the file
	 */
	long end() {
		return this.end;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	private static int crc(byte[] frame) {
		CRC32 crc = new CRC32();
		crc.update(frame);
		return (int) crc.getValue();
	}

}
