package io.github.costwise.fallback.classify;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Classifies with only some of the libraries on the class path. */
@Tag("unit")
class AbsentLibrariesTests {

	@ParameterizedTest
	@ValueSource(strings = { "com.openai.", "com.anthropic.", "com.google.genai.", "org.springframework.web.client.",
			"org.springframework.web.reactive.", "org.springframework.ai.retry.",
			"com.|org.springframework.web.|tools." })
	void worksWithout(String packages) throws ReflectiveOperationException {
		ClassLoader without = new Without(packages.split("\\|"));
		Class<?> type = Class.forName(FailureClassifiers.class.getName(), true, without);
		Object classifiers = type.getConstructor(List.class, Clock.class).newInstance(List.of(), Clock.systemUTC());
		Object failure = type.getMethod("classify", Throwable.class).invoke(classifiers, new SocketTimeoutException());
		assertThat(failure).hasToString("Failure[kind=TIMED_OUT, retryAfter=null, status=0]");
	}

	@Test
	void hidesThem() {
		assertThatThrownBy(() -> new Without("com.openai.").loadClass("com.openai.errors.OpenAIServiceException"))
			.isInstanceOf(ClassNotFoundException.class);
	}

	/** Defines our classes again, so that they do not see what is hidden. */
	private static final class Without extends ClassLoader {

		private final List<String> hidden;

		private Without(String... hidden) {
			super(AbsentLibrariesTests.class.getClassLoader());
			this.hidden = List.of(hidden);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (this.hidden.stream().anyMatch(name::startsWith)) {
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith("io.github.costwise.")) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> known = findLoadedClass(name);
				return (known != null) ? known : define(name);
			}
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
