package io.github.costwise.cache.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.ResponseCacheStoreContract;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.ResponseCacheStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link FileResponseCacheStore}.
 */
@Tag("chain")
class FileResponseCacheStoreTests extends ResponseCacheStoreContract {

	@TempDir
	private Path folder;

	private final List<Runnable> tasks = new ArrayList<>();

	@Override
	protected ResponseCacheStore create(Clock clock) {
		return open(this.folder.resolve("cache"), this.tasks::add);
	}

	private FileResponseCacheStore open(Path file, Executor executor) {
		return FileResponseCacheStore.open(file, new MemoryStoreSettings(1000, 16L << 20), clock(), executor);
	}

	private FileResponseCacheStore file() {
		return (FileResponseCacheStore) store();
	}

	@AfterEach
	void close() throws IOException {
		file().close();
	}

	@Override
	protected int steps() {
		return 1000;
	}

	@Test
	void everythingLiveIsRestored() throws IOException {
		List<CacheEntry> entries = fill();
		file().evict(CacheEviction.label(CacheLabel.tenant("t1")));
		file().evict(CacheEviction.entry(entries.get(0).id()));
		file().close();
		try (FileResponseCacheStore restored = open(this.folder.resolve("cache"), this.tasks::add)) {
			assertThat(restored.stats().entries()).isEqualTo(66);
			assertThat(restored.find(CacheEntries.key("p", "q1"))).isNull();
			assertThat(restored.find(CacheEntries.key("p", "q0"))).isNull();
			assertThat(restored.find(CacheEntries.key("p", "q2"))).isEqualTo(entries.get(2));
			assertThat(restored.nearest(CacheEntries.partition("p"), CacheEntries.vector(5), 1)).singleElement()
				.satisfies((neighbour) -> assertThat(neighbour.entry()).isEqualTo(entries.get(5)));
		}
	}

	@Test
	void evictionOfAllEmptiesTheFile() throws IOException {
		fill();
		file().evict(CacheEviction.all());
		assertThat(this.folder.resolve("cache")).isEmptyFile();
		file().put(entry("p", "new", null));
		file().close();
		try (FileResponseCacheStore restored = open(this.folder.resolve("cache"), this.tasks::add)) {
			assertThat(restored.stats().entries()).isEqualTo(1);
		}
	}

	@Test
	void fileCutOffAtAnyByteGivesEverythingBeforeThat() throws IOException {
		List<Long> ends = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			file().put(entry("p", "q" + i, null));
			ends.add(Files.size(this.folder.resolve("cache")));
		}
		byte[] whole = Files.readAllBytes(this.folder.resolve("cache"));
		for (int length = 0; length <= whole.length; length++) {
			Path cut = this.folder.resolve("cut");
			Files.write(cut, Arrays.copyOf(whole, length));
			long bytes = length;
			try (FileResponseCacheStore restored = open(cut, this.tasks::add)) {
				assertThat(restored.stats().entries()).isEqualTo(ends.stream().filter((end) -> end <= bytes).count());
				restored.put(entry("p", "after", null));
			}
			try (FileResponseCacheStore again = open(cut, this.tasks::add)) {
				assertThat(again.find(CacheEntries.key("p", "after"))).isNotNull();
			}
		}
	}

	@Test
	void damageInTheMiddleEmptiesTheCache() throws IOException {
		fill();
		file().close();
		Path damaged = this.folder.resolve("cache");
		try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[] { 1, 2, 3 }), 3000);
		}
		try (FileResponseCacheStore restored = open(damaged, this.tasks::add)) {
			assertThat(restored.stats().entries()).isZero();
			restored.put(entry("p", "after", null));
		}
		try (FileResponseCacheStore again = open(damaged, this.tasks::add)) {
			assertThat(again.stats().entries()).isEqualTo(1);
		}
	}

	@Test
	void outdatedFileIsRewrittenAndNothingIsLost() throws IOException {
		List<CacheEntry> entries = fill();
		for (int i = 0; this.tasks.isEmpty(); i++) {
			file().put(entries.get(i % 100));
		}
		long before = Files.size(this.folder.resolve("cache"));
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove(0).run();
		assertThat(Files.size(this.folder.resolve("cache"))).isLessThan(before / 10);
		CacheEntry later = entry("p", "later", CacheEntries.vector(1));
		file().put(later);
		file().close();
		try (FileResponseCacheStore restored = open(this.folder.resolve("cache"), this.tasks::add)) {
			assertThat(restored.stats().entries()).isEqualTo(101);
			assertThat(restored.find(CacheEntries.key("p", "later"))).isEqualTo(later);
			assertThat(restored.find(CacheEntries.key("p", "q42"))).isEqualTo(entries.get(42));
		}
	}

	@Test
	void whatHappensWhileTheFileIsRewrittenIsKept() throws Exception {
		fill();
		for (int round = 0; round < 20; round++) {
			Thread compaction = new Thread(file()::compact);
			compaction.start();
			for (int i = 0; i < 50; i++) {
				file().put(entry("p", "round " + round + "/" + i, CacheEntries.vector(i)));
				file().evict(CacheEviction.entry(CacheEntries.key("p", "round " + (round - 1) + "/" + i).id()));
			}
			if (round == 10) {
				file().evict(CacheEviction.all());
			}
			compaction.join();
		}
		file().close();
		try (FileResponseCacheStore restored = open(this.folder.resolve("cache"), this.tasks::add)) {
			assertThat(restored.stats().entries()).isEqualTo(50);
			assertThat(restored.find(CacheEntries.key("p", "round 19/49"))).isNotNull();
		}
	}

	@Test
	void killedProcessLosesNothingThatWasStored() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), KilledCache.class.getName(),
				this.folder.resolve("killed").toString())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("killed.log").toFile())
			.start();
		if (!process.waitFor(60, TimeUnit.SECONDS)) {
			process.destroyForcibly();
		}
		assertThat(process.waitFor()).isEqualTo(KilledCache.EXIT);
		try (FileResponseCacheStore restored = open(this.folder.resolve("killed"), this.tasks::add)) {
			assertThat(restored.stats().entries()).isEqualTo(KilledCache.ENTRIES - 1);
			assertThat(restored.find(CacheEntries.key("p", "q0"))).isNull();
		}
	}

	@Test
	void fileInUseOrOfSomethingElseIsRefused() throws IOException {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> open(this.folder.resolve("cache"), this.tasks::add))
			.withMessageContaining("another instance holds it")
			.withMessageContaining("costwise.cache.memory.file");
		Path other = this.folder.resolve("letter.txt");
		Files.writeString(other, "Dear customer, this is not a cache file.");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> open(other, this.tasks::add))
			.withMessageContaining("is not a file of this version of Costwise");
		assertThat(Files.readString(other)).startsWith("Dear customer");
	}

	@Test
	void fileThatCannotBeWrittenIsReportedAndTheEntryServed() throws IOException {
		file().close();
		CacheEntry entry = entry("p", "secret", null);
		assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> file().put(entry))
			.withMessageNotContaining("secret");
		assertThat(file().find(CacheEntries.key("p", "secret"))).isEqualTo(entry);
		assertThatExceptionOfType(CacheStoreException.class)
			.isThrownBy(() -> file().evict(CacheEviction.entry(entry.id())));
		assertThat(file().find(CacheEntries.key("p", "secret"))).isNull();
		clock().advance(Duration.ofHours(2));
		assertThat(file().removeExpired()).isZero();
	}

	private List<CacheEntry> fill() {
		List<CacheEntry> entries = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			entries.add(entry("p", "q" + i, CacheEntries.vector(i), CacheLabel.tenant("t" + i % 3)));
		}
		entries.forEach(file()::put);
		return entries;
	}

}
