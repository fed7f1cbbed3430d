package io.github.costwise.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file holds that was written before files had a {@link FileHeader}: frames of
 * length, CRC-32 and bytes.
 *
 * @param frames the frames that are whole
 * @param damaged how many are not; what cannot be read at the end counts as one
 * @since 0.1.0
 */
public record OldFrames(List<byte[]> frames, int damaged) {

	private static final int HEAD = 2 * Integer.BYTES;

	private static final int MOST = 16 << 20;

	/**
	 * Reads a file.
	 * @param path the file, which nobody writes meanwhile
	 * @param from where the first frame stands
	 * @return what was found
	 * @throws IOException if the file cannot be read
	 */
	public static OldFrames read(Path path, long from) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
			return read(file, from);
		}
	}

	/**
	 * Reads a file that is open.
	 * @param file the file, which nobody writes meanwhile
	 * @param from where the first frame stands
	 * @return what was found
	 * @throws IOException if the file cannot be read
	 */
	public static OldFrames read(RandomAccessFile file, long from) throws IOException {
		FrameReader reader = new FrameReader(file);
		List<byte[]> frames = new ArrayList<>();
		long end = file.length();
		int damaged = 0;
		long at = from;
		while (end - at >= HEAD) {
			ByteBuffer head = ByteBuffer.wrap(reader.bytes(at, HEAD));
			int length = head.getInt();
			if (length <= 0 || length > MOST || length > end - at - HEAD) {
				break;
			}
			byte[] frame = reader.bytes(at + HEAD, length);
			if (Frame.crc(frame, 0, length) == head.getInt()) {
				frames.add(frame);
			}
			else {
				damaged++;
			}
			at += HEAD + length;
		}
		return new OldFrames(frames, damaged + ((at < end) ? 1 : 0));
	}

	/**
	 * Puts a file with the same frames in the place of the old one.
	 * @param path the old file
	 * @param header how the new one begins
	 * @throws IOException if it cannot be written; the old one stays then
	 */
	public void rewrite(Path path, FileHeader header) throws IOException {
		Path fresh = path.resolveSibling(path.getFileName() + ".new");
		try (FrameLog log = FrameLog.open(fresh, header)) {
			log.clear();
			for (byte[] frame : this.frames) {
				log.append(List.of(frame));
			}
			log.force();
		}
		FileOnDisk.replace(fresh, path);
	}

}
