package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import io.github.costwise.autoconfigure.CostwiseProperties.Policy;
import io.github.costwise.pipeline.PolicyPart;

/**
 * Makes a part of policies of properties, and refuses what it cannot mean.
 *
 * @param <T> the settings
 * @param part the part that is made
 * @param maker makes it
 * @param remedy what to do about a value that is not usable
 */
record PolicyPartFactory<T>(PolicyPart<T> part, Maker<T> maker, String remedy) {

	/** Makes the settings of one policy. */
	@FunctionalInterface
	interface Maker<T> {

		/**
		 * Makes them.
		 * @param prefix where the properties of the policy lie
		 * @param policy the properties
		 * @return the settings, or {@code null} where the properties say nothing of them
		 * @throws IllegalArgumentException if a value is not usable
		 * @throws io.github.costwise.CostwiseConfigurationException if what is said
		 * cannot be
		 */
		@Nullable T create(String prefix, Policy policy);

	}

}
