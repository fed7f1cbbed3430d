package io.github.costwise.cache.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.TestClock;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheLabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Crashes, flipped bits, interrupts and foreign files: an answer that was removed never
 * comes back, and the store always opens.
 */
@Timeout(120)
@Tag("chain")
class CacheFileAttackTests {

	private static final int QUESTIONS = 12;

	@TempDir
	private Path folder;

	private Path path() {
		return this.folder.resolve("cache");
	}

	static IntStream seeds() {
		return IntStream.range(0, 60);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatWasRemovedStaysRemovedWhateverHappensToTheFile(int seed) throws IOException {
		Random random = new Random(seed);
		Set<Integer> live = new HashSet<>();
		for (int round = 0; round < 6; round++) {
			try (FileResponseCacheStore store = open()) {
				assertThat(found(store)).as("seed %d round %d", seed, round).isSubsetOf(live);
				live = found(store);
				change(store, live, random);
			}
			damage(random);
		}
	}

	private static void change(FileResponseCacheStore store, Set<Integer> live, Random random) {
		for (int i = 0; i < 25; i++) {
			int question = random.nextInt(QUESTIONS);
			switch (random.nextInt(6)) {
				case 0 -> {
					store.evict(CacheEviction.entry(key(question).id()));
					live.remove(question);
				}
				case 1 -> {
					store.evict(CacheEviction.label(tenant(question)));
					live.removeIf((other) -> other % 3 == question % 3);
				}
				case 2 -> store.compact();
				default -> {
					store.put(entry(question));
					live.add(question);
				}
			}
		}
	}

	/** What a crash, a bad disk or a full one leave; or nothing happens. */
	private void damage(Random random) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
			int size = (int) file.length();
			switch (random.nextInt(4)) {
				case 0 -> flip(file, random.nextInt(Math.max(1, size)), 1 << random.nextInt(8));
				case 1 -> flip(file, random.nextInt(256), 1 << random.nextInt(8));
				case 2 -> file.setLength((size > 0) ? size + 4096L : 0);
				default -> {
				}
			}
		}
	}

	private static void flip(RandomAccessFile file, int place, int bits) throws IOException {
		if (place < file.length()) {
			file.seek(place);
			int found = file.read();
			file.seek(place);
			file.write(found ^ bits);
		}
	}

	@Test
	void everyFlippedBitOfTheFileLeavesWhatWasRemovedRemoved() throws IOException {
		try (FileResponseCacheStore store = open()) {
			store.put(entry(0));
			store.put(entry(1));
			store.evict(CacheEviction.entry(key(0).id()));
		}
		byte[] whole = Files.readAllBytes(path());
		for (int bit = 0; bit < 8 * whole.length; bit++) {
			byte[] damaged = whole.clone();
			damaged[bit / 8] ^= (byte) (1 << bit % 8);
			Files.write(path(), damaged);
			try (FileResponseCacheStore store = open()) {
				assertThat(found(store)).as("bit %d", bit).isEmpty();
			}
		}
	}

	@Test
	void interruptedEvictionIsOnTheDiskAndEndsNothing() throws IOException {
		try (FileResponseCacheStore store = open()) {
			store.put(entry(0));
			store.put(entry(1));
			Thread.currentThread().interrupt();
			store.evict(CacheEviction.entry(key(0).id()));
			store.put(entry(2));
			store.compact();
			assertThat(Thread.interrupted()).isTrue();
			store.put(entry(4));
			store.evict(CacheEviction.label(tenant(1)));
			assertThat(found(store)).containsExactlyInAnyOrder(2);
		}
		Thread.currentThread().interrupt();
		try (FileResponseCacheStore store = open()) {
			assertThat(found(store)).containsExactlyInAnyOrder(2);
		}
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void fileOfAnotherApplicationIsRefusedAndLeftAsItIs() throws IOException {
		try (FileResponseCacheStore store = open("shop")) {
			store.put(entry(0));
		}
		byte[] whole = Files.readAllBytes(path());
		for (String other : List.of("desk", "")) {
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> open(other))
				.withMessageContaining(path().toString())
				.withMessageContaining("belongs to the application 'shop'")
				.withMessageContaining("costwise.cache.memory.file");
		}
		assertThat(Files.readAllBytes(path())).isEqualTo(whole);
		try (FileResponseCacheStore store = open("shop")) {
			assertThat(found(store)).containsExactly(0);
		}
	}

	@Test
	void rewritingLeavesAForeignFileBesideItAlone() throws IOException {
		Path foreign = Files.writeString(this.folder.resolve("cache.new"), "Dear customer");
		try (FileResponseCacheStore store = open()) {
			store.put(entry(0));
			store.compact();
			store.put(entry(1));
		}
		assertThat(foreign).hasContent("Dear customer");
		try (FileResponseCacheStore store = open()) {
			assertThat(found(store)).containsExactlyInAnyOrder(0, 1);
		}
	}

	@Test
	void fileOfAnEarlierReleaseIsKeptAsideAndNothingOfItIsServed() throws IOException {
		byte[] old = "CWCACHE1 and whatever it held".getBytes(StandardCharsets.US_ASCII);
		Files.write(path(), old);
		try (FileResponseCacheStore store = open()) {
			assertThat(found(store)).isEmpty();
		}
		assertThat(this.folder.resolve("cache.old")).hasBinaryContent(old);
	}

	@Test
	void processKilledAtAnyMomentBringsNothingBack() throws Exception {
		Random random = new Random(3);
		for (int round = 0; round < 4; round++) {
			Path told = this.folder.resolve("told" + round);
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					BusyCache.class.getName(), path().toString())
				.redirectErrorStream(true)
				.redirectOutput(told.toFile())
				.start();
			while (process.isAlive() && Files.size(told) < 2_000 + random.nextInt(20_000)) {
				process.waitFor(1, TimeUnit.MILLISECONDS);
			}
			process.destroyForcibly().waitFor();
			Set<String> removed = removed(told);
			assertThat(removed).isNotEmpty();
			try (FileResponseCacheStore store = open("busy")) {
				for (String question : removed) {
					assertThat(store.find(CacheEntries.key("p", question))).as(question).isNull();
				}
				store.evict(CacheEviction.all());
			}
		}
	}

	/** The last line may be half of one. */
	private static Set<String> removed(Path told) throws IOException {
		Set<String> removed = new HashSet<>();
		try (Stream<String> lines = Files.lines(told)) {
			lines.filter((line) -> line.startsWith("removed ") && line.endsWith("."))
				.forEach((line) -> removed.add(line.substring(8, line.length() - 1)));
		}
		return removed;
	}

	private FileResponseCacheStore open() {
		return open("");
	}

	private FileResponseCacheStore open(String application) {
		return FileResponseCacheStore.open(path(), application, new MemoryStoreSettings(1000, 16L << 20),
				new TestClock(CacheEntries.NOW), Runnable::run);
	}

	private static Set<Integer> found(FileResponseCacheStore store) {
		Set<Integer> found = new HashSet<>();
		for (int i = 0; i < QUESTIONS; i++) {
			if (store.find(key(i)) != null) {
				found.add(i);
			}
		}
		return found;
	}

	private static CacheKey key(int question) {
		return CacheEntries.key("p", "q" + question);
	}

	private static CacheLabel tenant(int question) {
		return CacheLabel.tenant("t" + question % 3);
	}

	private static CacheEntry entry(int question) {
		return CacheEntries.entry("p", "q" + question, null, CacheEntries.NOW.plusSeconds(3600), tenant(question));
	}

}
