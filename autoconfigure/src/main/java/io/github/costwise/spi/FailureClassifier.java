package io.github.costwise.spi;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;

/**
 * Tells what kind of failure an exception is. Beans of this type are asked, in their
 * order, before the classifiers that come with Costwise: first about the exception that
 * reached Costwise, then about its causes from the outside in. Implementations are
 * thread-safe, quick and make no calls; one that throws is passed over.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FailureClassifier {

	/**
	 * Classifies an exception, without looking at its causes.
	 * @param error an exception out of the chain of causes
	 * @return the failure, or {@code null} if this classifier does not know
	 */
	@Nullable Failure classify(Throwable error);

}
