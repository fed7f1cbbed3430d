package io.github.costwise.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link FileOwner}.
 */
@Tag("unit")
class FileOwnerTests {

	@TempDir
	private Path folder;

	@Test
	void holdsAFileUntilItIsClosed() throws IOException {
		Path file = this.folder.resolve("made/here.cache");
		try (FileOwner owner = FileOwner.of(file)) {
			assertThat(owner.isOpen()).isTrue();
			assertThatIOException().isThrownBy(() -> FileOwner.of(file)).withMessageContaining("another instance");
		}
		try (FileOwner owner = FileOwner.of(file)) {
			assertThat(owner.isOpen()).isTrue();
		}
	}

	@Test
	void closesTheChannelWhereItCannotBeLocked() {
		UnlockableChannel noLocks = new UnlockableChannel(new IOException("No locks available"));
		assertThatIOException().isThrownBy(() -> FileOwner.of(noLocks)).withMessage("No locks available");
		assertThat(noLocks.isOpen()).isFalse();
		UnlockableChannel failing = new UnlockableChannel(new InternalError("x"));
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> FileOwner.of(failing));
		assertThat(failing.isOpen()).isFalse();
		UnlockableChannel taken = new UnlockableChannel(null);
		assertThatIOException().isThrownBy(() -> FileOwner.of(taken)).withMessageContaining("another instance");
		assertThat(taken.isOpen()).isFalse();
	}

	/** Of a file system that has no locks, or none left. */
	private static final class UnlockableChannel extends FileChannel {

		private final @Nullable Throwable thrown;

		UnlockableChannel(@Nullable Throwable thrown) {
			this.thrown = thrown;
		}

		@Override
		public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
			if (this.thrown instanceof Error error) {
				throw error;
			}
			if (this.thrown instanceof IOException exception) {
				throw exception;
			}
			return null;
		}

		@Override
		protected void implCloseChannel() {
		}

		@Override
		public int read(ByteBuffer target) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long read(ByteBuffer[] targets, int offset, int length) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int write(ByteBuffer source) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long write(ByteBuffer[] sources, int offset, int length) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long position() {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileChannel position(long position) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long size() {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileChannel truncate(long size) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void force(boolean metaData) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long transferTo(long position, long count, WritableByteChannel target) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long transferFrom(ReadableByteChannel source, long position, long count) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int read(ByteBuffer target, long position) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int write(ByteBuffer source, long position) {
			throw new UnsupportedOperationException();
		}

		@Override
		public MappedByteBuffer map(MapMode mode, long position, long size) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileLock lock(long position, long size, boolean shared) {
			throw new UnsupportedOperationException();
		}

	}

}
