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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of a {@link Journal} whose file is cut off or damaged at any place. */
@Tag("thorough")
class JournalDamageTests {

	private static final long ROOM = 1 << 20;

	private static final int HEADER = 256;

	@TempDir
	private Path folder;

	private Path file() {
		return this.folder.resolve("sub/ledger.journal");
	}

	@Test
	void everyWholeEntryBeforeATornTailSurvives() throws IOException {
		try (Journal journal = Journal.open(file(), ROOM)) {
			journal.append(entries("first", "second", "third"));
		}
		byte[] whole = Files.readAllBytes(file());
		for (int length = 0; length < whole.length; length++) {
			Files.write(file(), Arrays.copyOf(whole, length));
			long expected = Stream.of(17, 35, 52).map((end) -> HEADER + end).filter(upTo(length)).count();
			try (Journal journal = Journal.open(file(), ROOM)) {
				assertThat(journal.size()).as("cut at %d", length).isEqualTo(expected);
				boolean clean = length <= HEADER || length == HEADER + 17 || length == HEADER + 35;
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
	void aFlippedBitCostsTheEntryThatItIsInAndNeverGivesAWrongOne() throws IOException {
		List<String> texts = List.of("first", "second", "third", "fourth");
		try (Journal journal = Journal.open(file(), ROOM)) {
			journal.append(entries(texts.toArray(String[]::new)));
		}
		byte[] whole = Files.readAllBytes(file());
		Random random = new Random(5);
		for (int i = 0; i < 200; i++) {
			byte[] damaged = whole.clone();
			int place = random.nextInt(damaged.length);
			damaged[place] ^= (byte) (1 << random.nextInt(8));
			Files.write(file(), damaged);
			try (Journal journal = Journal.open(file(), ROOM)) {
				assertThat(journal.damaged()).as("at %d", place).isOne();
				assertThat(take(journal, 10)).as("at %d", place).hasSize((place < HEADER) ? 4 : 3).isSubsetOf(texts);
			}
		}
	}

	private static List<byte[]> entries(String... texts) {
		return Arrays.stream(texts).map((text) -> text.getBytes(StandardCharsets.UTF_8)).toList();
	}

	private static List<String> take(Journal journal, int max) throws IOException {
		Journal.JournalChunk chunk = journal.peek(max);
		journal.take(chunk);
		List<String> texts = new ArrayList<>();
		chunk.entries().forEach((entry) -> texts.add(new String(entry, StandardCharsets.UTF_8)));
		return texts;
	}

}
