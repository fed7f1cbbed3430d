package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Journal}.
 */
class JournalTests {

	private static final long ROOM = 1 << 20;

	@TempDir
	private Path folder;

	private Path file() {
		return this.folder.resolve("sub/ledger.journal");
	}

	@Test
	void givesEntriesInOrderAndForgetsThemOnceTaken() throws IOException {
		try (Journal journal = Journal.open(file(), ROOM)) {
			assertThat(journal.append(entries("a", "b", "c"))).isEqualTo(3);
			assertThat(take(journal, 2)).containsExactly("a", "b");
			assertThat(journal.append(entries("d"))).isEqualTo(1);
			assertThat(journal.size()).isEqualTo(2);
			assertThat(take(journal, 10)).containsExactly("c", "d");
			assertThat(journal.size()).isZero();
			assertThat(file()).isEmptyFile();
		}
	}

	@Test
	void peekingTakesNothing() throws IOException {
		try (Journal journal = Journal.open(file(), ROOM)) {
			journal.append(entries("a"));
			journal.peek(5);
			assertThat(take(journal, 5)).containsExactly("a");
		}
	}

	@Test
	void whatWasTakenOnlyInPartIsReadAgainAfterARestart() throws IOException {
		try (Journal journal = Journal.open(file(), ROOM)) {
			journal.append(entries("a", "b"));
			take(journal, 1);
		}
		try (Journal journal = Journal.open(file(), ROOM)) {
			assertThat(journal.size()).isEqualTo(2);
			assertThat(take(journal, 5)).containsExactly("a", "b");
		}
	}

	@Test
	void keepsToItsBound() throws IOException {
		try (Journal journal = Journal.open(file(), 40)) {
			assertThat(journal.append(entries("12345678", "12345678", "12345678"))).isEqualTo(2);
			assertThat(journal.append(entries("x"))).isZero();
			assertThat(Files.size(file())).isEqualTo(32);
		}
	}

	@Test
	void everyWholeEntryBeforeATornTailSurvives() throws IOException {
		try (Journal journal = Journal.open(file(), ROOM)) {
			journal.append(entries("first", "second", "third"));
		}
		byte[] whole = Files.readAllBytes(file());
		for (int length = 0; length < whole.length; length++) {
			Files.write(file(), Arrays.copyOf(whole, length));
			long expected = Stream.of(13, 27, 40).filter(upTo(length)).count();
			try (Journal journal = Journal.open(file(), ROOM)) {
				assertThat(journal.size()).as("cut at %d", length).isEqualTo(expected);
				boolean clean = length == 0 || length == 13 || length == 27;
				assertThat(journal.damaged()).isEqualTo(clean ? 0 : 1);
				journal.append(entries("next"));
				assertThat(take(journal, 10)).hasSize((int) expected + 1).endsWith("next");
			}
		}
	}

	private static Predicate<Integer> upTo(int length) {
		return (end) -> end <= length;
	}

	@Test
	void aFlippedBitCostsAtMostWhatFollowsAndNeverGivesAWrongEntry() throws IOException {
		List<String> texts = List.of("first", "second", "third", "fourth");
		try (Journal journal = Journal.open(file(), ROOM)) {
			journal.append(entries(texts.toArray(String[]::new)));
		}
		byte[] whole = Files.readAllBytes(file());
		Random random = new Random(5);
		for (int i = 0; i < 200; i++) {
			byte[] damaged = whole.clone();
			damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			Files.write(file(), damaged);
			try (Journal journal = Journal.open(file(), ROOM)) {
				assertThat(journal.damaged()).isPositive();
				assertThat(take(journal, 10)).hasSizeLessThan(4).isSubsetOf(texts);
			}
		}
	}

	@Test
	void aSecondInstanceTakesTheNextFile() throws IOException {
		try (Journal one = Journal.open(file(), ROOM); Journal two = Journal.open(file(), ROOM)) {
			one.append(entries("a"));
			two.append(entries("b"));
			assertThat(take(one, 5)).containsExactly("a");
			assertThat(take(two, 5)).containsExactly("b");
			assertThat(file().resolveSibling("ledger.journal.2")).exists();
		}
	}

	private static List<byte[]> entries(String... texts) {
		return Arrays.stream(texts).map((text) -> text.getBytes(StandardCharsets.UTF_8)).toList();
	}

	private static List<String> take(Journal journal, int max) throws IOException {
		Journal.Chunk chunk = journal.peek(max);
		journal.take(chunk);
		List<String> texts = new ArrayList<>();
		chunk.entries().forEach((entry) -> texts.add(new String(entry, StandardCharsets.UTF_8)));
		return texts;
	}

}
