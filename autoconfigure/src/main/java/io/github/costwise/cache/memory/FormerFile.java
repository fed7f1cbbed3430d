package io.github.costwise.cache.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.files.FileHeader;
import io.github.costwise.files.FileOnDisk;
import io.github.costwise.files.OldFrames;

/** What an earlier release wrote, before files named their application. */
enum FormerFile {

	/** Answers, which are not served again: nobody can tell whose they are. */
	ENTRIES(0x43574341_43484531L) {

		@Override
		void takeOverFound(Path path, FileHeader header) throws IOException {
			Path aside = FileOnDisk.moveAside(path, ".old");
			logger.info("The cache file " + path + " of an earlier release is kept as " + aside
					+ "; the cache begins empty");
		}

	},

	/** Labels, which are read. */
	LABELS(0x43574c41_42454c31L) {

		@Override
		void takeOverFound(Path path, FileHeader header) throws IOException {
			OldFrames.read(path, Long.BYTES).rewrite(path, header);
		}

	};

	private static final Log logger = LogFactory.getLog(FormerFile.class);

	private final long magic;

	FormerFile(long magic) {
		this.magic = magic;
	}

	/** Takes over a file if it is a former one. */
	final void takeOver(Path path, FileHeader header) throws IOException {
		if (Files.isRegularFile(path) && begin(path) == this.magic) {
			takeOverFound(path, header);
		}
	}

	abstract void takeOverFound(Path path, FileHeader header) throws IOException;

	private static long begin(Path path) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
			return (file.length() < Long.BYTES) ? 0 : file.readLong();
		}
	}

}
