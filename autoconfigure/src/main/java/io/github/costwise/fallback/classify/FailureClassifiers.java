package io.github.costwise.fallback.classify;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * Classifies the exceptions that reach Costwise. Stops come first and cannot be
 * overruled; then the application's own classifiers; then what providers answer,
 * time-outs, connections, unreadable answers, and programming errors. Looks through all
 * wrappers, those of Reactor and of Spring AI's advisors included. Never throws.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class FailureClassifiers {

	private static final Log logger = LogFactory.getLog(FailureClassifiers.class);

	private static final int MAX_DEPTH = 32;

	private final List<FailureClassifier> classifiers = new ArrayList<>();

	private final Set<FailureClassifier> failed = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the classifiers.
	 * @param own the application's own, in their order
	 * @param clock tells the time, for waits that are given as a date
	 */
	public FailureClassifiers(List<FailureClassifier> own, Clock clock) {
		this.classifiers.add(new Stops());
		this.classifiers.addAll(own);
		addAnswers(new HttpFailures(clock));
		this.classifiers.addAll(List.of(new Timeouts(), new ConnectionErrors(), new UnreadableAnswers(),
				new ClientErrors(), new ProgrammingErrors()));
	}

	/**
	 * Classifies an exception.
	 * @param error the exception
	 * @return the failure, of the kind {@link FailureKind#UNKNOWN} if nobody knows it
	 */
	public Failure classify(Throwable error) {
		List<Throwable> chain = chain(error);
		for (FailureClassifier classifier : this.classifiers) {
			Failure failure = first(classifier, chain);
			if (failure != null) {
				return failure;
			}
		}
		return Failure.of(FailureKind.UNKNOWN);
	}

	private @Nullable Failure first(FailureClassifier classifier, List<Throwable> chain) {
		try {
			for (Throwable error : chain) {
				Failure failure = classifier.classify(error);
				if (failure != null) {
					return failure;
				}
			}
		}
		catch (Throwable ex) {
			report(classifier, ex);
		}
		return null;
	}

	private void report(FailureClassifier classifier, Throwable fault) {
		String message = "Costwise: " + classifier.getClass().getName() + " failed and is passed over";
		if (this.failed.add(classifier)) {
			logger.warn(message + "; later faults are logged at debug level", fault);
		}
		else {
			logger.debug(message, fault);
		}
	}

	private static List<Throwable> chain(Throwable error) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		List<Throwable> chain = new ArrayList<>();
		for (Throwable cause = error; cause != null && chain.size() < MAX_DEPTH
				&& seen.add(cause); cause = cause.getCause()) {
			chain.add(cause);
		}
		return chain;
	}

	private void addAnswers(HttpFailures http) {
		addIf("com.openai.errors.OpenAIServiceException", () -> new OpenAiErrors(http));
		addIf("com.anthropic.errors.AnthropicServiceException", () -> new AnthropicErrors(http));
		addIf("com.google.genai.errors.ApiException", () -> new GoogleErrors(http));
		addIf("org.springframework.web.client.RestClientResponseException", () -> new SpringWebErrors(http));
		addIf("org.springframework.web.reactive.function.client.WebClientResponseException",
				() -> new WebClientErrors(http));
		addIf("org.springframework.ai.retry.TransientAiException", () -> new SpringAiErrors(http));
		this.classifiers.add(new StatusErrors(http));
	}

	private void addIf(String type, Supplier<FailureClassifier> classifier) {
		if (ClassUtils.isPresent(type, FailureClassifiers.class.getClassLoader())) {
			this.classifiers.add(classifier.get());
		}
	}

}
