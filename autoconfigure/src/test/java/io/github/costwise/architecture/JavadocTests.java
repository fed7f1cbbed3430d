package io.github.costwise.architecture;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that everything public is documented.
 */
@Tag("thorough")
class JavadocTests {

	private static final Path SOURCES = Path.of(System.getProperty("basedir", ".")).resolve("src/main/java");

	@Test
	void everythingPublicIsDocumented() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES);
				StandardJavaFileManager manager = ToolProvider.getSystemJavaCompiler()
					.getStandardFileManager(null, null, null)) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).hasSizeGreaterThan(20);
			assertThat(Javadoc.problems(manager.getJavaFileObjectsFromPaths(sources))).isEmpty();
		}
	}

	@Test
	void whatIsMissingIsFound() {
		assertThat(Javadoc.problems(List.of(source("""
				/** Says something. */
				public class Sample {
					public void silent() { }
					/** Adds. */
					public int add(int a) { return a; }
					@Override
					public String toString() { return ""; }
					void hidden() { }
				}
				"""), source("""
				/**
				 * Two things.
				 * @param first the first
				 * @since 1
				 */
				public record Pair(int first, int second) {
					static final int LIMIT = 1;
					public Pair { }
				}
				"""), source("""
				public interface Bare {
				}
				"""), source("""
				/**
				 * Settings.
				 * @since 1
				 */
				@ConfigurationProperties("costwise")
				public class Settings {
					public int getSize() { return 1; }
				}
				""")))).containsExactlyInAnyOrder("Sample has no @since", "Sample.silent has no Javadoc",
				"Sample.add has no @param a", "Sample.add has no @return", "Pair has no @param second",
				"Bare has no Javadoc");
	}

	private static JavaFileObject source(String text) {
		return new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return text;
			}
		};
	}

}
