package io.github.costwise.cache.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.TestClock;
import io.github.costwise.cache.learning.LabelLogContract;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.LabelLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link FileLabelLog}.
 */
@Tag("chain")
class FileLabelLogTests extends LabelLogContract {

	private final TestClock clock = new TestClock(CacheEntries.NOW);

	@TempDir
	private Path folder;

	@Override
	protected LabelLog create() {
		return open("labels");
	}

	private FileLabelLog open(String name) {
		return FileLabelLog.open(this.folder.resolve(name), this.clock);
	}

	private FileLabelLog file() {
		return (FileLabelLog) log();
	}

	@AfterEach
	void close() throws IOException {
		file().close();
	}

	@Test
	void recordsAndPositionsAreRestored() throws IOException {
		file().append(GROUP, records("a", "b"));
		long position = file().read(GROUP, 0, 1).next();
		file().append("fedcba9876543210", records("other"));
		file().append(GROUP, records("c"));
		file().close();
		this.clock.advance(Duration.ofDays(1));
		try (FileLabelLog restored = open("labels")) {
			assertThat(texts(restored.read(GROUP, 0, 10).records())).containsExactly("a", "b", "c");
			assertThat(texts(restored.read(GROUP, position, 10).records())).containsExactly("b", "c");
			assertThat(texts(restored.read("fedcba9876543210", 0, 10).records())).containsExactly("other");
		}
	}

	@Test
	void positionsOfALostFileAreNotGivenAgain() throws IOException {
		file().append(GROUP, records("a", "b"));
		long position = file().read(GROUP, 0, 10).next();
		file().close();
		Files.delete(this.folder.resolve("labels"));
		this.clock.advance(Duration.ofMillis(1));
		try (FileLabelLog next = open("labels")) {
			next.append(GROUP, records("c"));
			assertThat(texts(next.read(GROUP, position, 10).records())).containsExactly("c");
		}
	}

	@Test
	void fileCutOffAtAnyByteGivesEverythingBeforeThat() throws IOException {
		List<Long> ends = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			file().append(GROUP, records("record" + i, "x"));
			ends.add(Files.size(this.folder.resolve("labels")));
		}
		byte[] whole = Files.readAllBytes(this.folder.resolve("labels"));
		for (int length = 0; length <= whole.length; length++) {
			Files.write(this.folder.resolve("cut"), Arrays.copyOf(whole, length));
			long bytes = length;
			int left = (int) ends.stream().filter((end) -> end <= bytes).count();
			try (FileLabelLog restored = open("cut")) {
				assertThat(restored.read(GROUP, 0, 10).records()).hasSize(2 * left);
				restored.append(GROUP, records("after"));
			}
			try (FileLabelLog again = open("cut")) {
				assertThat(texts(again.read(GROUP, 0, 10).records())).hasSize(2 * left + 1).endsWith("after");
			}
		}
	}

	@Test
	void damageInTheMiddleCostsWhatStoodThereAlone() throws IOException {
		for (int i = 0; i < 10; i++) {
			file().append(GROUP, records("record" + i));
		}
		List<Long> positions = new ArrayList<>();
		for (long next = 0; positions.size() < 10;) {
			next = file().read(GROUP, next, 1).next();
			positions.add(next);
		}
		file().close();
		long size = Files.size(this.folder.resolve("labels"));
		try (FileChannel channel = FileChannel.open(this.folder.resolve("labels"), StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[] { 9 }), 256 + (size - 256) / 10 * 4 - 1);
		}
		try (FileLabelLog restored = open("labels")) {
			assertThat(texts(restored.read(GROUP, 0, 20).records())).hasSize(9).doesNotContain("record3");
			assertThat(texts(restored.read(GROUP, positions.get(6), 20).records())).containsExactly("record7",
					"record8", "record9");
		}
	}

	@Test
	void outdatedFileIsRewrittenAndNothingIsLost() throws IOException {
		String padding = "x".repeat(200);
		String[] page = IntStream.range(0, 1000).mapToObj((i) -> padding + i).toArray(String[]::new);
		long largest = 0;
		long position = 0;
		for (int i = 0; i < 100; i++) {
			file().append(GROUP, records(page));
			position = (i == 98) ? file().read(GROUP, 0, Integer.MAX_VALUE).next() : position;
			largest = Math.max(largest, Files.size(this.folder.resolve("labels")));
		}
		assertThat(largest).isBetween(8L << 20, 20L << 20);
		List<String> kept = texts(file().read(GROUP, 0, Integer.MAX_VALUE).records());
		file().close();
		try (FileLabelLog restored = open("labels")) {
			List<String> found = texts(restored.read(GROUP, 0, Integer.MAX_VALUE).records());
			assertThat(found).endsWith(kept.toArray(String[]::new)).hasSizeLessThan(30_000);
			assertThat(texts(restored.read(GROUP, position, Integer.MAX_VALUE).records())).containsExactly(page);
		}
	}

	@Test
	void killedProcessLosesNothingThatWasAppended() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), KilledLabels.class.getName(),
				this.folder.resolve("killed").toString())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("killed.log").toFile())
			.start();
		if (!process.waitFor(60, TimeUnit.SECONDS)) {
			process.destroyForcibly();
		}
		assertThat(process.waitFor()).isEqualTo(KilledLabels.EXIT);
		try (FileLabelLog restored = open("killed")) {
			assertThat(restored.read(KilledLabels.GROUP, 0, 1000).records()).hasSize(KilledLabels.RECORDS);
		}
	}

	@Test
	void fileBelongsToOneLogOfOneApplication() throws IOException {
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> open("labels"))
			.withMessageContaining("another instance holds it")
			.withMessageContaining("costwise.cache.memory.file");
		Path other = this.folder.resolve("letter.txt");
		Files.writeString(other, "Dear customer, this is no file of labels.");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> open("letter.txt"))
			.withMessageContaining("is not a file of this version of Costwise");
		assertThat(Files.readString(other)).startsWith("Dear customer");
	}

	@Test
	void fileThatCannotBeWrittenTakesNothing() throws IOException {
		file().append(GROUP, records("a"));
		file().close();
		assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> file().append(GROUP, records("secret")))
			.returns(StoreReason.FULL, CacheStoreException::reason)
			.withMessageNotContaining("secret");
		assertThat(texts(file().read(GROUP, 0, 10).records())).containsExactly("a");
	}

}
