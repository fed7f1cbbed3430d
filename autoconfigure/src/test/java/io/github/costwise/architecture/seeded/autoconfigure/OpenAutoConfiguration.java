package io.github.costwise.architecture.seeded.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;

@AutoConfiguration
public class OpenAutoConfiguration {

	public Object bean() {
		return this;
	}

}
