package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.files.FileHeader;
import io.github.costwise.files.FileOnDisk;
import io.github.costwise.files.OldFrames;

/** Takes over journals that were written before they had a header. */
final class OldJournal {

	private static final Log logger = LogFactory.getLog(OldJournal.class);

	private static final int ROW = 8;

	private OldJournal() {
	}

	/**
	 * Puts a journal with the same entries in the place of an older one.
	 * @param path the file
	 * @param header how a journal begins
	 * @return how many entries are damaged, or -1 when the file is no journal, or another
	 * process has it
	 * @throws IOException if it cannot be written
	 */
	static int takeOver(Path path, FileHeader header) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			FileLock lock = file.getChannel().tryLock();
			return (lock != null) ? takeOver(file, path, header) : -1;
		}
		catch (OverlappingFileLockException ex) {
			return -1;
		}
	}

	private static int takeOver(RandomAccessFile file, Path path, FileHeader header) throws IOException {
		OldFrames old = OldFrames.read(file, 0);
		if (old.frames().isEmpty() && !beginsWithARow(file)) {
			return -1;
		}
		if (old.damaged() > 0) {
			logger.warn("The journal of an older release is damaged; what was found is kept, and the old file as "
					+ copy(path, file));
		}
		old.rewrite(path, header);
		return old.damaged();
	}

	/** The length of a row is below 16 MiB, and a row begins with a bracket. */
	private static boolean beginsWithARow(RandomAccessFile file) throws IOException {
		file.seek(0);
		boolean length = file.read() == 0;
		file.seek(ROW);
		int first = file.read();
		return length && (first == '[' || first < 0);
	}

	private static Path copy(Path path, RandomAccessFile file) throws IOException {
		byte[] whole = new byte[(int) file.length()];
		file.seek(0);
		file.readFully(whole);
		return FileOnDisk.writeBeside(path, ".damaged", whole);
	}

}
