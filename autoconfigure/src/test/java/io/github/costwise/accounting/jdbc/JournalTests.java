package io.github.costwise.accounting.jdbc;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.files.ForeignFileException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Journal}.
 */
@Tag("unit")
class JournalTests {

	private static final long ROOM = 1 << 20;

	private static final int HEADER = 256;

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
			assertThat(Files.size(file())).isEqualTo(HEADER + 40);
		}
	}

	@Test
	void anEntryThatIsTooLongOrFindsNoRoomTakesNoNeighbourWithIt() throws IOException {
		try (Journal journal = Journal.open(file(), 3 << 20)) {
			String tooLong = "x".repeat(Journal.MOST_BYTES + 1);
			String longest = "y".repeat(Journal.MOST_BYTES);
			assertThat(journal.append(entries("a", tooLong, "b", longest, longest, longest, "c"))).isEqualTo(5);
			assertThat(journal.appendAll(entries("d", longest))).isFalse();
			assertThat(journal.appendAll(entries("d", tooLong))).isFalse();
			assertThat(journal.appendAll(entries("d", "e"))).isTrue();
			assertThat(journal.size()).isEqualTo(7);
		}
		try (Journal journal = Journal.open(file(), 3 << 20)) {
			assertThat(journal.damaged()).isZero();
			assertThat(take(journal, 10)).extracting((text) -> text.substring(0, 1))
				.containsExactly("a", "b", "y", "y", "c", "d", "e");
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

	@Test
	void anInterruptNeitherEndsTheJournalNorLosesAnEntry() throws IOException {
		try (Journal journal = Journal.open(file(), ROOM)) {
			Thread.currentThread().interrupt();
			assertThat(journal.append(entries("a"))).isOne();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(journal.append(entries("b"))).isOne();
			Thread.currentThread().interrupt();
			assertThat(take(journal, 1)).containsExactly("a");
			assertThat(Thread.interrupted()).isTrue();
		}
		try (Journal journal = Journal.open(file(), ROOM)) {
			assertThat(take(journal, 5)).containsExactly("a", "b");
		}
	}

	@Test
	void aJournalOfAnEarlierReleaseIsRead() throws IOException {
		writeOld("[\"a\"]", "[\"b\"]", "[\"c\"]");
		try (Journal journal = Journal.open(file(), ROOM)) {
			assertThat(journal.damaged()).isZero();
			assertThat(journal.append(entries("d"))).isOne();
		}
		try (Journal journal = Journal.open(file(), ROOM)) {
			assertThat(take(journal, 10)).containsExactly("[\"a\"]", "[\"b\"]", "[\"c\"]", "d");
		}
		assertThat(file().resolveSibling("ledger.journal.damaged")).doesNotExist();
	}

	@Test
	void aJournalOfAnEarlierReleaseThatWasCutOffGivesWhatIsWhole() throws IOException {
		writeOld("[\"a\"]", "[\"b\"]");
		byte[] whole = Files.readAllBytes(file());
		for (int length = 1; length < whole.length; length++) {
			Files.write(file(), Arrays.copyOf(whole, length));
			try (Journal journal = Journal.open(file(), ROOM)) {
				boolean clean = length == whole.length / 2;
				assertThat(journal.damaged()).as("cut at %d", length).isEqualTo(clean ? 0 : 1);
				assertThat(take(journal, 10)).hasSize((length >= whole.length / 2) ? 1 : 0);
			}
		}
		assertThat(file().resolveSibling("ledger.journal.damaged")).exists();
	}

	@Test
	void aFileOfSomethingElseIsRefusedAndLeftAsItIs() throws IOException {
		Files.createDirectories(file().getParent());
		for (String text : List.of("x", "Dear customer, this is no journal.", "[1, 2, 3]", "\0\0\0\7binary stuff")) {
			Files.writeString(file(), text);
			assertThatExceptionOfType(ForeignFileException.class).isThrownBy(() -> Journal.open(file(), ROOM));
			assertThat(file()).hasContent(text);
		}
	}

	@Test
	void aFileOfSomethingElseBesideItIsPassedOver() throws IOException {
		try (Journal one = Journal.open(file(), ROOM)) {
			Path second = Files.writeString(file().resolveSibling("ledger.journal.2"), "Dear customer");
			try (Journal two = Journal.open(file(), ROOM)) {
				two.append(entries("b"));
			}
			assertThat(second).hasContent("Dear customer");
			assertThat(file().resolveSibling("ledger.journal.3")).isNotEmptyFile();
			assertThat(one.size()).isZero();
		}
	}

	/** Length, CRC-32 and bytes, without a header. */
	private void writeOld(String... texts) throws IOException {
		Files.createDirectories(file().getParent());
		try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file()))) {
			for (byte[] entry : entries(texts)) {
				CRC32 crc = new CRC32();
				crc.update(entry);
				out.writeInt(entry.length);
				out.writeInt((int) crc.getValue());
				out.write(entry);
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
