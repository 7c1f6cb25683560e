// SPDX-License-Identifier: Apache-2.0
#pragma once

// What nearly every test includes beside that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/precompiled.hpp"
