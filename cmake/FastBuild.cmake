# SPDX-License-Identifier: GPL-3.0-or-later
# What keeps a build short where it is at hand; nothing here changes what is built.
include(CheckLinkerFlag)

option(FORKSCOPE_CCACHE "Compile through ccache where it is installed" ON)
if(FORKSCOPE_CCACHE)
  find_program(CCACHE ccache)
endif()
if(FORKSCOPE_CCACHE AND CCACHE)
  # ccache refuses to cache a file that uses a precompiled header unless it is told that
  # macros and time stamps inside the header need no comparing (its manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()

# Every test is a program of its own: with the default linker their linking takes longer than compiling one of them.
check_linker_flag(CXX -fuse-ld=lld FORKSCOPE_HAS_LLD)
if(FORKSCOPE_HAS_LLD)
  add_link_options(-fuse-ld=lld)
endif()
