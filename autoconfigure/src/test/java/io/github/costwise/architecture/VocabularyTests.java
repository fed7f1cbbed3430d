package io.github.costwise.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that names, Javadoc, messages and pages keep to the vocabulary, and that no name
 * stands for two types.
 */
@Tag("unit")
class VocabularyTests {

	private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");

	private static final List<String> MODULES = List.of("autoconfigure", "embedding", "benchmarks", "sample-app");

	/** Their texts are words of the language, to be found in what people ask. */
	private static final Set<String> WORD_LISTS = Set.of("Wording.java", "WordLists.java", "Lexicon.java");

	private static final Pattern TYPE = Pattern.compile(
			"^([ \\t]*)((?:[a-z-]+[ ]+)*?)(?:class|interface|enum|record|@interface)[ ]+(\\w+)", Pattern.MULTILINE);

	@Test
	void sourcesKeepToTheVocabulary() throws IOException {
		List<String> problems = new ArrayList<>();
		List<Path> sources = sources();
		assertThat(sources).hasSizeGreaterThan(500);
		for (Path source : sources) {
			boolean words = WORD_LISTS.contains(source.getFileName().toString());
			problems.addAll(named(source, problems(new SourceText(Files.readString(source)), words)));
		}
		for (Path test : tests()) {
			problems.addAll(named(test, problems(new SourceText(Files.readString(test)), true)));
		}
		assertThat(problems).isEmpty();
	}

	@Test
	void pagesAndMetadataKeepToTheVocabulary() throws IOException {
		List<String> problems = new ArrayList<>();
		List<Path> pages = pages();
		assertThat(pages).hasSizeGreaterThan(20);
		for (Path page : pages) {
			problems.addAll(named(page, Vocabulary.problems(Files.readString(page))));
		}
		assertThat(problems).isEmpty();
	}

	@Test
	void noNameStandsForTwoTypes() throws IOException {
		Map<String, List<String>> types = new TreeMap<>();
		for (Path source : sources()) {
			types(new SourceText(Files.readString(source)))
				.forEach((type) -> types.computeIfAbsent(type, (key) -> new ArrayList<>()).add(source.toString()));
		}
		types.values().removeIf((files) -> files.size() == 1);
		assertThat(types).isEmpty();
	}

	@Test
	void bannedWordsAreFound() {
		SourceText source = new SourceText("""
				/**
				 * The listener is
				 * told of it, gateways and always included.
				 */
				final class UnderWay {
					// asks anew
					String dearestOf(String gateway) { return "whoever " + "was left"
						+ " alone"; }
					char quote = '"';
				}
				""");
		assertThat(problems(source, false)).containsExactlyInAnyOrder(
				"'/** The listener is told of it, gateways and always in': use is notified, receives or is called with",
				"'// asks anew': use again", "'whoever was left alone': use ignored, unchanged or circuit open",
				"'under way': use route, target or how", "'dearest of': use most expensive");
		assertThat(problems(source, true)).hasSize(4);
	}

	@Test
	void typesAreFound() {
		assertThat(types(new SourceText("""
				/** A class of its own. */
				public sealed interface Step {
					/** Text. */
					record Send(String text) implements Step { }
					private static final class Hidden { }
					non-sealed class Open implements Step { String a = "class Quoted"; }
					@interface Mark { }
				}
				"""))).containsExactly("Step", "Send", "Open", "Mark");
	}

	private static List<String> problems(SourceText source, boolean isWordList) {
		List<String> problems = new ArrayList<>();
		source.comments().forEach((comment) -> problems.addAll(Vocabulary.problems(comment)));
		if (!isWordList) {
			source.literals().forEach((literal) -> problems.addAll(Vocabulary.problems(literal)));
		}
		source.names().forEach((name) -> problems.addAll(Vocabulary.problems(Vocabulary.words(name))));
		return problems;
	}

	private static List<String> types(SourceText source) {
		List<String> types = new ArrayList<>();
		Matcher matcher = TYPE.matcher(source.code());
		while (matcher.find()) {
			if (!matcher.group(2).contains("private ")) {
				types.add(matcher.group(3));
			}
		}
		return types;
	}

	private static List<String> named(Path file, Collection<String> problems) {
		return problems.stream().map((problem) -> file.getFileName() + ": " + problem).toList();
	}

	private static List<Path> sources() throws IOException {
		return sources("main");
	}

	/** But those of the vocabulary itself. */
	private static List<Path> tests() throws IOException {
		List<Path> tests = sources("test");
		tests.removeIf((test) -> test.getFileName().toString().startsWith("Vocabulary"));
		return tests;
	}

	private static List<Path> sources(String kind) throws IOException {
		List<Path> sources = new ArrayList<>();
		for (String module : MODULES) {
			Path folder = ROOT.resolve(module).resolve("src/" + kind + "/java");
			if (Files.exists(folder)) {
				sources.addAll(files(folder, ".java"));
			}
		}
		return sources;
	}

	private static List<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
		pages.addAll(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("SECURITY.md")));
		for (String module : MODULES) {
			pages.addAll(files(ROOT.resolve(module).resolve("src/main/resources"), "metadata.json"));
		}
		return pages;
	}

	private static List<Path> files(Path folder, String ending) throws IOException {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(ending)).sorted().toList();
		}
	}

}
