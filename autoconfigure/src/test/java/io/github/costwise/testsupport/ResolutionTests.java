package io.github.costwise.testsupport;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Resolution} with finders that need nothing.
 */
@Tag("unit")
class ResolutionTests {

	private final AtomicInteger searches = new AtomicInteger();

	@Test
	void takesTheFirstThatIsThere() {
		Resolution<String> resolution = new Resolution<String>(RealPart.REDIS).or("environment", missing("not set"))
			.or("docker", found("container"))
			.or("packages", found("package"));
		assertThat(resolution.get()).isEqualTo("container");
		assertThat(this.searches).hasValue(2);
	}

	@Test
	void searchesOnce() {
		Resolution<String> resolution = new Resolution<String>(RealPart.REDIS).or("environment", found("here"));
		assertThat(resolution.get()).isSameAs(resolution.get());
		assertThat(this.searches).hasValue(1);
	}

	@Test
	void saysWhatIsMissingWhereItWasLookedForAndHowToGetIt() {
		Resolution<String> resolution = new Resolution<String>(RealPart.REDIS).or("environment", missing("not set"))
			.or("docker", missing("no engine answers"));
		assertThatExceptionOfType(RealPartMissingException.class).isThrownBy(resolution::get)
			.withMessageContaining("No REDIS here")
			.withMessageContaining("COSTWISE_TEST_REDIS=redis://")
			.withMessageContaining("install redis-server")
			.withMessageContaining("environment: not set; docker: no engine answers");
	}

	@Test
	void remembersThatThereIsNone() {
		Resolution<String> resolution = new Resolution<String>(RealPart.LLM).or("environment", missing("not set"));
		assertThatExceptionOfType(RealPartMissingException.class).isThrownBy(resolution::get);
		assertThatExceptionOfType(RealPartMissingException.class).isThrownBy(resolution::get);
		assertThat(this.searches).hasValue(1);
	}

	@Test
	void goesOnWhenAClassIsAbsent() {
		Resolution<String> resolution = new Resolution<String>(RealPart.POSTGRES).or("docker", () -> {
			throw new NoClassDefFoundError("org/testcontainers/DockerClientFactory");
		}).or("packages", found("package"));
		assertThat(resolution.get()).isEqualTo("package");
	}

	private Finder<String> found(String value) {
		return () -> {
			this.searches.incrementAndGet();
			return value;
		};
	}

	private Finder<String> missing(String reason) {
		return () -> {
			this.searches.incrementAndGet();
			throw new IllegalStateException(reason);
		};
	}

}
