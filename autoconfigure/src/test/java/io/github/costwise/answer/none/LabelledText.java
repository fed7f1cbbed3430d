package io.github.costwise.answer.none;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A text that answers a question or does not. */
record LabelledText(String language, boolean none, String question, String text) {

	static List<LabelledText> read(String file) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(LabelledText.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
			return reader.lines()
				.filter((line) -> !line.startsWith("#"))
				.map((line) -> line.split("\t", 4))
				.map((row) -> new LabelledText(row[0], row[1].equals("none"), row[2], row[3].replace("\\n", "\n")))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Set<String> languages(List<LabelledText> texts) {
		return texts.stream().map(LabelledText::language).collect(Collectors.toSet());
	}

}
