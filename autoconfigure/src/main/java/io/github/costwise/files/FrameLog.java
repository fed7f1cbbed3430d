package io.github.costwise.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * An append-only file of checked frames behind a {@link FileHeader}. What a killed
 * process was writing is dropped; what is damaged is distinguished from that. No method
 * ends with an interrupt of its thread, and none clears one. A file that is empty has no
 * header: it is written with the first frame, and waited for. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class FrameLog implements AutoCloseable {

	private final RandomAccessFile file;

	private final FrameReader reader;

	private final FileHeader header;

	private boolean headerDamaged;

	private long end;

	private FrameLog(RandomAccessFile file, FileHeader header) {
		this.file = file;
		this.reader = new FrameReader(file);
		this.header = header;
	}

	/**
	 * Opens a file, or makes an empty one.
	 * @param path the file
	 * @param header how it begins
	 * @return the file
	 * @throws ForeignFileException if the file is another one; it is left as it is
	 * @throws IOException if it cannot be opened
	 */
	public static FrameLog open(Path path, FileHeader header) throws IOException {
		return begin(new RandomAccessFile(path.toFile(), "rw"), header);
	}

	/**
	 * Opens a file and locks it for this process.
	 * @param path the file
	 * @param header how it begins
	 * @return the file, or {@code null} when it is locked already
	 * @throws ForeignFileException if the file is another one; it is left as it is
	 * @throws IOException if it cannot be opened
	 */
	public static @Nullable FrameLog openLocked(Path path, FileHeader header) throws IOException {
		RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
		if (isLocked(file)) {
			return begin(file, header);
		}
		file.close();
		return null;
	}

	private static boolean isLocked(RandomAccessFile file) throws IOException {
		try {
			return file.getChannel().tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
		catch (IOException ex) {
			file.close();
			throw ex;
		}
	}

	private static FrameLog begin(RandomAccessFile file, FileHeader header) throws IOException {
		FrameLog log = new FrameLog(file, header);
		try {
			log.begin();
			return log;
		}
		catch (IOException ex) {
			file.close();
			throw ex;
		}
	}

	private void begin() throws IOException {
		this.end = this.file.length();
		if (this.end > 0) {
			byte[] begin = this.reader.bytes(0, (int) Math.min(FileHeader.BYTES, this.end));
			this.headerDamaged = !this.header.check(begin);
			if (this.end < FileHeader.BYTES) {
				clear();
			}
		}
	}

	/**
	 * Reads all frames that are not damaged, and drops what was cut off at the end.
	 * @param consumer takes the bytes of each, in order
	 * @return what could not be read
	 * @throws IOException if the file cannot be read
	 */
	public Replay replay(Consumer<byte[]> consumer) throws IOException {
		int damaged = this.headerDamaged ? 1 : 0;
		long at = start();
		Frame frame = read(at);
		while (frame != null) {
			damaged += (frame.bytes() != null) ? 0 : 1;
			if (frame.bytes() != null) {
				consumer.accept(frame.bytes());
			}
			at = frame.end();
			frame = read(at);
		}
		return new Replay(damaged, cutAt(at));
	}

	/**
	 * Forgets what stands from a place on.
	 * @param place where a frame begins
	 * @return whether anything stood there
	 * @throws IOException if the file cannot be written
	 */
	public boolean cutAt(long place) throws IOException {
		boolean cut = place < this.end;
		if (cut) {
			this.file.setLength(place);
			this.end = place;
		}
		return cut;
	}

	/**
	 * Reads what stands at a place.
	 * @param at the place: {@link #start()}, or the end of another frame
	 * @return the frame, damaged or not, or {@code null} where there is no whole one
	 * @throws IOException if the file cannot be read
	 */
	public @Nullable Frame read(long at) throws IOException {
		return this.reader.read(at, this.end);
	}

	/**
	 * Appends frames. When they cannot be written whole, the file is as it was.
	 * @param frames the bytes of each, from 1 byte
	 * @throws IOException if they cannot be written, or one is longer than 64 MiB
	 */
	public void append(List<byte[]> frames) throws IOException {
		int size = frames.stream().mapToInt(Frame::length).reduce(headerRoom(), Math::addExact);
		ByteBuffer bytes = ByteBuffer.allocate(size);
		if (headerRoom() > 0) {
			bytes.put(this.header.toBytes());
		}
		for (byte[] frame : frames) {
			if (frame.length == 0 || frame.length > Frame.MOST) {
				throw new IOException("A frame of " + frame.length + " bytes cannot be written");
			}
			int at = bytes.position();
			bytes.putInt(frame.length).putInt(Frame.crc(frame, 0, frame.length));
			bytes.putInt(Frame.crc(bytes.array(), at, 2 * Integer.BYTES)).put(frame);
		}
		boolean first = headerRoom() > 0;
		write(bytes.array());
		if (first) {
			force();
		}
	}

	private int headerRoom() {
		return (this.end == 0) ? FileHeader.BYTES : 0;
	}

	private void write(byte[] bytes) throws IOException {
		try {
			this.file.seek(this.end);
			this.file.write(bytes);
		}
		catch (IOException ex) {
			this.file.setLength(this.end);
			throw ex;
		}
		this.end += bytes.length;
	}

	/**
	 * Appends everything that another file holds from a place on.
	 * @param other the file
	 * @param from the place
	 * @throws IOException if a file cannot be read or written
	 */
	public void appendFrom(FrameLog other, long from) throws IOException {
		for (Frame frame = other.read(Math.max(from, other.start())); frame != null; frame = other.read(frame.end())) {
			if (frame.bytes() == null) {
				throw new IOException("The file is damaged");
			}
			append(List.of(frame.bytes()));
		}
	}

	/**
	 * Forgets everything.
	 * @throws IOException if the file cannot be written
	 */
	public void clear() throws IOException {
		this.file.setLength(0);
		this.end = 0;
		this.headerDamaged = false;
	}

	/**
	 * Waits until everything is on the disk.
	 * @throws IOException if that cannot be read
	 */
	public void force() throws IOException {
		this.file.getFD().sync();
	}

	/**
	 * Returns where the first frame stands.
	 * @return bytes from the begin of the file
	 */
	public long start() {
		return FileHeader.BYTES;
	}

	/**
	 * Returns where the next frame will be written.
	 * @return bytes from the begin of the file, 0 in an empty one
	 */
	public long end() {
		return this.end;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

	/**
	 * What could not be read of a file.
	 *
	 * @param damaged how much of it is not what was written: each frame, or row of
	 * frames, and the header counts as one
	 * @param cut whether a frame at the end was not written whole
	 * @since 0.1.0
	 */
	public record Replay(int damaged, boolean cut) {

	}

}
